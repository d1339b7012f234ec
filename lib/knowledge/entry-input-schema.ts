import { z } from 'zod';
import { pageQuerySchema } from '../http/pagination';
import {
  type EntryContent,
  entryContentSchema,
  entryOriginSchema,
  entryStatusSchema,
  severitySchema,
} from './entry-schema';
import { ENTRY_FIELDS } from './entry-words';

const f = entryContentSchema.shape;

/** What an answer carries and a caller may send back unread: everything else that is unknown is refused by name. */
const READ_ONLY = {
  id: z.unknown().optional(),
  origin: z.unknown().optional(),
  disputed: z.unknown().optional(),
  stale: z.unknown().optional(),
  source: z.unknown().optional(),
  owner: z.unknown().optional(),
  track_record: z.unknown().optional(),
  created_at: z.unknown().optional(),
  updated_at: z.unknown().optional(),
  published_at: z.unknown().optional(),
  updated_by: z.unknown().optional(),
};

const reason = z.string().trim().max(2000).default('');

export const entryInputSchema = z.strictObject({
  ...f,
  ...READ_ONLY,
  version: z.unknown().optional(),
  external_id: z.string().trim().min(1).max(300).nullish(),
  /** `published` needs the review permission. */
  status: z.enum(['draft', 'in_review', 'published']).default('draft'),
  reason,
});
export type EntryInput = z.output<typeof entryInputSchema>;

/** Fields left out stay as they are; so none of them has a default here. */
export const entryPatchSchema = z.strictObject({
  ...READ_ONLY,
  external_id: z.unknown().optional(),
  status: z.unknown().optional(),
  title: f.title.optional(),
  category: f.category.unwrap().optional(),
  severity: severitySchema.nullable().optional(),
  component: f.component.unwrap().optional(),
  tags: f.tags.unwrap().optional(),
  first_seen: z.iso.date().nullable().optional(),
  symptoms: f.symptoms.unwrap().optional(),
  detection: f.detection.unwrap().optional(),
  diagnosis: f.diagnosis.unwrap().optional(),
  root_cause: f.root_cause.unwrap().optional(),
  solutions: f.solutions.unwrap().optional(),
  prevention: f.prevention.unwrap().optional(),
  impact: f.impact.unwrap().optional(),
  resolution_minutes: z.number().int().nonnegative().nullable().optional(),
  validation: f.validation.unwrap().optional(),
  related_files: f.related_files.unwrap().optional(),
  related_entries: f.related_entries.unwrap().optional(),
  environment: f.environment.unwrap().optional(),
  references: f.references.unwrap().optional(),
  notes: f.notes.unwrap().optional(),
  signatures: f.signatures.unwrap().optional(),
  next_review: z.iso.date().nullable().optional(),
  /** The revision it is based on; `If-Match` says the same. */
  version: z.number().int().positive().optional(),
  reason,
});
export type EntryPatch = z.output<typeof entryPatchSchema>;

export const statusChangeSchema = z.strictObject({
  reason,
  version: z.number().int().positive().optional(),
});
export const verifySchema = statusChangeSchema.extend({ next_review: z.iso.date().nullable().optional() });

export const entryParamsSchema = z.object({ entryId: z.string() });
export const revisionParamsSchema = z.object({ entryId: z.string(), n: z.coerce.number().int().positive() });

export const ENTRY_SORTS = ['relevance', 'updated', 'created', 'title', 'id', 'next_review'] as const;
export type EntrySort = (typeof ENTRY_SORTS)[number];

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Filters of a list of entries, as in its URL. Empty ones are as if left out. */
export const entryFilterSchema = z.object({
  q: z.string().trim().max(500).optional(),
  /** One status or several, comma-separated. */
  status: z
    .string()
    .optional()
    .transform((value) => value?.split(',').filter(Boolean))
    .pipe(z.array(entryStatusSchema).optional()),
  category: z.string().max(100).optional(),
  severity: z.union([severitySchema, z.literal('')]).optional(),
  component: z.string().max(200).optional(),
  tag: z.string().max(100).optional(),
  origin: z.union([entryOriginSchema, z.literal('')]).optional(),
  disputed: z.union([flag, z.literal('')]).optional(),
  stale: z.union([flag, z.literal('')]).optional(),
  external_id: z.string().max(300).optional(),
  /** Id of a member, or `me`. */
  owner: z.union([z.uuid('expected the id of a member, or me'), z.literal('me'), z.literal('')]).optional(),
});
export type EntryFilter = z.output<typeof entryFilterSchema>;

export const entryListQuerySchema = pageQuerySchema.extend({
  ...entryFilterSchema.shape,
  /** Default: `relevance` with `q`, else `updated` (latest first). */
  sort: z.enum(ENTRY_SORTS).optional(),
});
export type EntryListQuery = z.output<typeof entryListQuerySchema>;

export const facetSchema = z.array(z.object({ value: z.string(), count: z.number().int() }));
export const FACETS = ['status', 'category', 'severity', 'component', 'tag', 'origin'] as const;
export type FacetName = (typeof FACETS)[number];
export const entryFacetsSchema = z.object({
  total: z.number().int(),
  disputed: z.number().int(),
  stale: z.number().int(),
  status: facetSchema,
  category: facetSchema,
  severity: facetSchema,
  component: facetSchema,
  tag: facetSchema,
  origin: facetSchema,
});
export type EntryFacets = z.infer<typeof entryFacetsSchema>;

export const revisionSummarySchema = z.object({
  version: z.number().int(),
  status: entryStatusSchema,
  /** edited | imported | learned | restored | submitted | published | rejected | retired | verified | prevention */
  action: z.string(),
  reason: z.string(),
  author: z.string(),
  created_at: z.iso.datetime(),
});
export const revisionSchema = revisionSummarySchema.extend({ content: entryContentSchema });
export type RevisionSummary = z.infer<typeof revisionSummarySchema>;
export type EntryRevision = z.infer<typeof revisionSchema>;

/** Which revision last changed each field that says something, and each solution in its order. */
export const blameSchema = z.object({
  fields: z.array(z.object({ field: z.enum(ENTRY_FIELDS), revision: revisionSummarySchema })),
  solutions: z.array(revisionSummarySchema),
});
export type EntryBlame = z.infer<typeof blameSchema>;

/** Id or e-mail of a member, `me`, or null for nobody. */
export const ownerSchema = z.strictObject({ owner: z.string().trim().min(1).max(200).nullable() });

/** An issue this entry was applied to, with what became of it. */
export const entryIssueSchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.string(),
  service: z.string(),
  event_count: z.number().int(),
  last_seen: z.iso.datetime(),
  verdict: z.string(),
  applied_at: z.iso.datetime(),
});
export type EntryIssue = z.infer<typeof entryIssueSchema>;

/** `content` with what the patch names. */
export function applyPatch(content: EntryContent, patch: EntryPatch): EntryContent {
  const changed = ENTRY_FIELDS.filter((field) => patch[field] !== undefined);
  return { ...content, ...Object.fromEntries(changed.map((field) => [field, patch[field]])) };
}
