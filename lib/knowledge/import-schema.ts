import { z } from 'zod';
import { entryStatusSchema } from './entry-schema';

const flag = z
  .enum(['true', 'false', '1', '0', ''], { error: 'expected true or false' })
  .transform((value) => value === 'true' || value === '1');

export const importQuerySchema = z.object({
  /** Report what would happen, change nothing. */
  dry_run: flag.default(false),
  /** Publish what comes in; else Markdown becomes drafts, JSON what its `status` says. Needs the review permission. */
  publish: flag.default(false),
  /** Name of the document in a Markdown body; by it a repeated import recognises its entries. */
  document: z.string().trim().min(1).max(300).optional(),
});

export const IMPORT_ACTIONS = ['created', 'updated', 'unchanged', 'conflict', 'invalid'] as const;
export const importActionSchema = z.enum(IMPORT_ACTIONS);
export type ImportAction = z.infer<typeof importActionSchema>;

const fieldErrorSchema = z.object({ field: z.string(), message: z.string() });

export const importedEntrySchema = z.object({
  /** Place among the entries of the import, from 0. */
  index: z.number().int(),
  /** Null when it came as JSON outside a document. */
  document: z.string().nullable(),
  /** Line of its heading. */
  line: z.number().int().nullable(),
  title: z.string(),
  action: importActionSchema,
  /** Null for one that a dry run would create, and for invalid ones. */
  id: z.string().nullable(),
  external_id: z.string().nullable(),
  /** Status after the import. */
  status: entryStatusSchema.nullable(),
  /** Fields that hold something. */
  fields: z.array(z.string()),
  warnings: z.array(z.string()),
  errors: z.array(fieldErrorSchema),
});
export type ImportedEntry = z.infer<typeof importedEntrySchema>;

export const importedSectionSchema = z.object({
  document: z.string(),
  line: z.number().int(),
  /** Null for one that a dry run would create. */
  slug: z.string().nullable(),
  title: z.string(),
  action: importActionSchema,
});
export type ImportedSection = z.infer<typeof importedSectionSchema>;

const noteSchema = z.object({ line: z.number().int(), message: z.string() });

export const importedDocumentSchema = z.object({
  document: z.string(),
  entries: z.number().int(),
  sections: z.number().int(),
  warnings: z.array(noteSchema),
  /** Lines that no entry and no section holds. Should be none: please report one. */
  lost_lines: z.array(z.object({ line: z.number().int(), text: z.string() })),
  /** Entries of an earlier import of this document that it no longer holds. They are left as they are. */
  vanished: z.array(z.object({ id: z.string(), title: z.string() })),
});

export const importTotalsSchema = z.object({
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  conflict: z.number().int(),
  invalid: z.number().int(),
});
export type ImportTotals = z.infer<typeof importTotalsSchema>;

export const importReportSchema = z.object({
  dry_run: z.boolean(),
  totals: importTotalsSchema,
  section_totals: importTotalsSchema,
  documents: z.array(importedDocumentSchema),
  entries: z.array(importedEntrySchema),
  sections: z.array(importedSectionSchema),
});
export type ImportReport = z.infer<typeof importReportSchema>;

/** How often each action occurs. */
export function countActions(items: readonly { action: ImportAction }[]): ImportTotals {
  const totals: ImportTotals = { created: 0, updated: 0, unchanged: 0, conflict: 0, invalid: 0 };
  for (const { action } of items) totals[action] += 1;
  return totals;
}
