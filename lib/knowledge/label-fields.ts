import { FIELD_LABELS, type LabelField } from './markdown/field-labels';

/** Fields that a label in a document may lead to. */
export const LABEL_FIELDS = [...new Set(FIELD_LABELS.map(({ field }) => field))] as [LabelField, ...LabelField[]];
