import { z } from 'zod';
import { levelSchema } from '../ingest/event-schema';
import { evidenceSchema } from './match-schema';

export const SEARCH_KINDS = ['entry', 'issue', 'section'] as const;
export const searchKindSchema = z.enum(SEARCH_KINDS);
export type SearchKind = z.infer<typeof searchKindSchema>;

/** Plain text with the ranges in it that answer the query. */
export const highlightedSchema = z.object({
  text: z.string(),
  ranges: z.array(z.tuple([z.number().int(), z.number().int()])),
});

export const searchHitSchema = z.object({
  kind: searchKindSchema,
  /** `ERROR-042`, `API-42`, or the slug of a section. */
  id: z.string(),
  title: z.string(),
  url: z.string(),
  score: z.number(),
  highlight: z.object({ title: highlightedSchema, snippet: highlightedSchema.nullable() }),
  status: z.string().nullable(),
  /** Component or service. */
  service: z.string().nullable(),
  category: z.string().nullable(),
  level: levelSchema.nullable(),
  project: z.string().nullable(),
  events: z.number().int().nullable(),
  updated_at: z.iso.datetime(),
  /** Set when the query is an error and this entry its likely fix. */
  match: z.object({ confidence: z.number(), evidence: z.array(evidenceSchema) }).nullable(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

const facet = z.array(z.object({ value: z.string(), count: z.number().int() }));
export const searchAnswerSchema = z.object({
  data: z.array(searchHitSchema),
  next_cursor: z.string().nullable(),
  total: z.number().int(),
  facets: z.object({ kind: facet, status: facet, service: facet, category: facet }),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

export const searchQuerySchema = z.object({
  q: z.string().max(20_000).default(''),
  kind: searchKindSchema.optional(),
  status: z.string().max(50).optional(),
  service: z.string().max(200).optional(),
  category: z.string().max(100).optional(),
  /** Slug: issues of this project only. */
  project: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
});
export type SearchParams = z.output<typeof searchQuerySchema>;
