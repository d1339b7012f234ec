import { z } from 'zod';
import { LABEL_FIELDS } from './label-fields';
import { type FieldLabel, type LabelIndex, labelIndex, normaliseLabel } from './markdown/field-labels';

/** A team's own word for a field of an entry, as it stands in their documents. */
export const importLabelSchema = z.strictObject({
  label: z
    .string()
    .trim()
    .min(1, 'expected a word or a few')
    .max(80, 'expected at most 80 characters')
    .refine((label) => normaliseLabel(label) !== '', 'expected letters or digits'),
  field: z.enum(LABEL_FIELDS, { error: `expected one of ${LABEL_FIELDS.join(', ')}` }),
});
export type ImportLabel = z.infer<typeof importLabelSchema>;

export const importLabelsSchema = z
  .array(importLabelSchema)
  .max(500, 'expected at most 500 labels')
  .superRefine((labels, context) => {
    const seen = new Map<string, number>();
    labels.forEach(({ label }, at) => {
      const words = normaliseLabel(label);
      const before = seen.get(words);
      if (before === undefined) seen.set(words, at);
      else context.addIssue({ code: 'custom', path: [at, 'label'], message: `the same as label ${before + 1}` });
    });
  });

/** The labels an import knows: ours, and a team's own, which come first where both name a field. */
export function extraLabels(labels: readonly ImportLabel[]): LabelIndex {
  const rows: FieldLabel[] = labels.map(({ label, field }) => ({ field, labels: [normaliseLabel(label)] }));
  return labelIndex(rows);
}
