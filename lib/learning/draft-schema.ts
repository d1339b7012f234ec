import { z } from 'zod';

/** What a sentence of a draft may rest on. `pattern` is the same failure elsewhere; `issue` may be another one. */
export const SOURCE_KINDS = ['issue', 'event', 'comment', 'resolution', 'entry', 'release', 'pattern'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** The fields of an entry that a draft writes sentences for. */
export const DRAFT_FIELDS = [
  'title',
  'symptoms',
  'detection',
  'diagnosis',
  'root_cause',
  'solutions',
  'prevention',
  'signatures',
] as const;
export type DraftField = (typeof DRAFT_FIELDS)[number];

/** A text that was read, as it stands; `id` is unique within its kind. */
export interface DraftSource {
  kind: SourceKind;
  id: string;
  url: string | null;
  text: string;
}

/** One sentence and what it rests on: `quote` stands in the text of the source word by word, but for blanks. */
export interface DraftStatement {
  field: DraftField;
  /** Markdown. */
  text: string;
  source: Pick<DraftSource, 'kind' | 'id'>;
  quote: string;
  /** Of a solution: statements with the same heading are steps of one. */
  heading?: string;
}

export const citationSchema = z.object({
  field: z.enum(DRAFT_FIELDS),
  /** The sentence, as the draft has it. */
  sentence: z.string(),
  kind: z.enum(SOURCE_KINDS),
  id: z.string(),
  url: z.string().nullable(),
  quote: z.string(),
});
export type Citation = z.infer<typeof citationSchema>;

export const sourceKey = ({ kind, id }: Pick<DraftSource, 'kind' | 'id'>): string => `${kind}:${id}`;
