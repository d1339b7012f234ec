import type { EntryContent, Signature } from '../knowledge/entry-schema';

/** Fields of an entry by how well they recognise an error: what it is called and looks like, before what is said about it. */
export const MATCH_FIELDS = ['title', 'symptoms', 'signatures', 'root_cause', 'solution', 'other'] as const;
export type MatchField = (typeof MATCH_FIELDS)[number];

/** What matching reads of an entry. */
export interface MatchDocument {
  id: number;
  title: string;
  component: string;
  fields: Record<MatchField, string>;
  signatures: Signature[];
}

const FIELD_LIMIT = 6000;

export function matchDocument(id: number, content: EntryContent): MatchDocument {
  const cut = (...texts: string[]) => texts.filter(Boolean).join('\n').slice(0, FIELD_LIMIT);
  return {
    id,
    title: content.title,
    component: content.component,
    fields: {
      title: content.title,
      symptoms: cut(content.symptoms),
      signatures: cut(...content.signatures.filter((s) => s.kind !== 'regex').map((s) => s.value)),
      root_cause: cut(content.root_cause),
      solution: cut(...content.solutions.flatMap((s) => [s.title, s.steps])),
      other: cut(
        content.component,
        content.tags.join(' '),
        content.detection,
        content.diagnosis,
        content.environment,
        content.notes,
      ),
    },
    signatures: content.signatures,
  };
}
