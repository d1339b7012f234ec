import type { EntryContent } from '../entry-schema';
import type { EntryStatus } from '../entry-words';

/** The words by which the exported guide is written and, on its way back in, recognised. */

/** Closes the preface of every exported guide. */
export const KEPT_IN_ERRATA = 'This guide is kept in Errata; change it there, an export replaces this file.';
export const NOTHING_PUBLISHED = 'Nothing is published yet.';
export const CONTENTS = 'Contents';
/** Chapter of the entries without a category. */
export const NO_CATEGORY = 'Other errors';
export const LAST_UPDATED = 'Last updated';
export const NEXT_REVIEW = 'Next review';

export const STATUS_WORDS: Record<EntryStatus, string> = {
  draft: 'draft',
  in_review: 'in review',
  published: 'published',
  retired: 'retired',
};

export const VERDICT_WORDS = [
  ['held', 'held'],
  ['recurred', 'recurred'],
  ['inconclusive', 'inconclusive'],
  ['watching', 'still watched'],
] as const;

/** Fields that stand under a heading of their own, in the order of the guide. */
export const FIELD_HEADINGS = {
  symptoms: 'Symptoms',
  detection: 'Detection',
  diagnosis: 'Diagnosis',
  root_cause: 'Root cause',
  solutions: 'Solutions',
  prevention: 'Prevention',
  impact: 'Impact',
  validation: 'Validation',
  environment: 'Environment',
  signatures: 'Signatures',
  related_files: 'Related files',
  related_entries: 'Related entries',
  references: 'References',
  notes: 'Notes',
} as const satisfies Partial<Record<keyof EntryContent, string>>;
export type HeadedField = keyof typeof FIELD_HEADINGS;

/** Heading of one solution without a title. */
export const ONE_SOLUTION = 'Solution';
