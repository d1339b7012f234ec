import { z } from 'zod';
import { ENTRY_STATUSES, SEVERITIES } from './entry-words';

/** The knowledge entry of product.md. All but the title is optional; Markdown fields hold GitHub-flavoured Markdown source. */
export const severitySchema = z.enum(SEVERITIES);

export const entryStatusSchema = z.enum(ENTRY_STATUSES);

export const ENTRY_ORIGINS = ['human', 'import', 'learned'] as const;
export const entryOriginSchema = z.enum(ENTRY_ORIGINS);

/** One way to solve it. `steps` is Markdown and may hold code blocks, commands, before/after pairs. */
export const solutionSchema = z.object({
  title: z.string().max(500).default(''),
  steps: z.string().max(500_000).default(''),
});
export type Solution = z.infer<typeof solutionSchema>;

const dateOnly = z.iso.date('expected a date as YYYY-MM-DD');

export const preventionItemSchema = z.object({
  text: z.string().min(1).max(20_000),
  done: z.boolean().default(false),
  owner: z.string().max(200).nullish(),
  /** By when. */
  due: dateOnly.nullish(),
  /** A pull request, a test, a lint rule. */
  link: z.string().max(2000).nullish(),
});
export type PreventionItem = z.infer<typeof preventionItemSchema>;

/** What recognises the error. `value` is literal text for `type`, `code` and `message` (there `<*>` stands for a variable part), a RE2-safe pattern for `regex`. */
export const signatureSchema = z.object({
  kind: z.enum(['type', 'code', 'message', 'regex']),
  value: z.string().min(1).max(2000),
});
export type Signature = z.infer<typeof signatureSchema>;

export const sourceSchema = z.object({
  document: z.string(),
  heading: z.string().nullish(),
  line: z.number().int().nullish(),
});

const markdown = z.string().max(1_000_000).default('');

/** What a person or an importer writes; what a revision snapshots. */
export const entryContentSchema = z.object({
  title: z.string().trim().min(1, 'a title is required').max(500),
  category: z.string().max(100).default(''),
  severity: severitySchema.nullable().default(null),
  component: z.string().max(200).default(''),
  tags: z.array(z.string().min(1).max(100)).max(100).default([]),
  first_seen: dateOnly.nullable().default(null),
  symptoms: markdown,
  detection: markdown,
  diagnosis: markdown,
  root_cause: markdown,
  solutions: z.array(solutionSchema).max(100).default([]),
  prevention: z.array(preventionItemSchema).max(500).default([]),
  impact: markdown,
  resolution_minutes: z.number().int().nonnegative().nullable().default(null),
  validation: markdown,
  related_files: z.array(z.string().max(1000)).max(500).default([]),
  related_entries: z.array(z.string().max(100)).max(200).default([]),
  environment: z.string().max(10_000).default(''),
  references: z.array(z.string().max(4000)).max(500).default([]),
  /** What no field has a place for, under its own `### heading`s. */
  notes: markdown,
  signatures: z.array(signatureSchema).max(200).default([]),
  next_review: dateOnly.nullable().default(null),
});
export type EntryContent = z.infer<typeof entryContentSchema>;

export const trackRecordSchema = z.object({
  /** Fixes with each verdict. */
  watching: z.number().int(),
  held: z.number().int(),
  recurred: z.number().int(),
  inconclusive: z.number().int(),
  /** Median minutes from first seen to resolved over its fixes; null without any. */
  median_resolution_minutes: z.number().nullable(),
});
export type TrackRecord = z.infer<typeof trackRecordSchema>;

/** An entry as the API returns it. */
export const entrySchema = entryContentSchema.extend({
  /** `ERROR-042`. */
  id: z.string(),
  external_id: z.string().nullable(),
  status: entryStatusSchema,
  origin: entryOriginSchema,
  disputed: z.boolean(),
  stale: z.boolean(),
  /** Revision number, for If-Match. */
  version: z.number().int(),
  source: sourceSchema.nullable(),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  track_record: trackRecordSchema,
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  published_at: z.iso.datetime().nullable(),
  updated_by: z.string().nullable(),
});
export type Entry = z.infer<typeof entrySchema>;

/** A row of a list of entries. */
export const entrySummarySchema = entrySchema
  .pick({
    id: true,
    external_id: true,
    title: true,
    category: true,
    severity: true,
    component: true,
    tags: true,
    status: true,
    origin: true,
    disputed: true,
    stale: true,
    version: true,
    track_record: true,
    created_at: true,
    updated_at: true,
    next_review: true,
  })
  .extend({ issues: z.number().int() });
export type EntrySummary = z.infer<typeof entrySummarySchema>;
