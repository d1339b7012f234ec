import type { EntryContent } from '../entry-schema';

const MARKDOWN_FIELDS = [
  'symptoms',
  'detection',
  'diagnosis',
  'root_cause',
  'impact',
  'validation',
  'environment',
  'notes',
] as const;
const LIST_FIELDS = ['tags', 'related_files', 'related_entries', 'references'] as const;

/** An entry with what a later section of its document says of it: added to the right fields, under the later heading. */
export function joinUpdate(entry: EntryContent, update: EntryContent, heading: string): EntryContent {
  const joined: EntryContent = { ...entry };
  for (const field of MARKDOWN_FIELDS) {
    if (update[field].trim() === '') continue;
    joined[field] = [entry[field], `### ${heading}\n\n${update[field]}`].filter((text) => text !== '').join('\n\n');
  }
  for (const field of LIST_FIELDS) joined[field] = [...new Set([...entry[field], ...update[field]])];
  joined.solutions = [
    ...entry.solutions,
    ...update.solutions.map((solution) => ({
      ...solution,
      title: [heading, solution.title].filter(Boolean).join(' – ').slice(0, 500),
    })),
  ];
  joined.prevention = [...entry.prevention, ...update.prevention];
  const known = new Set(entry.signatures.map(({ kind, value }) => `${kind} ${value}`));
  joined.signatures = [
    ...entry.signatures,
    ...update.signatures.filter(({ kind, value }) => !known.has(`${kind} ${value}`)),
  ];
  joined.severity = update.severity ?? entry.severity;
  joined.resolution_minutes = entry.resolution_minutes ?? update.resolution_minutes;
  joined.first_seen = entry.first_seen ?? update.first_seen;
  joined.next_review = update.next_review ?? entry.next_review;
  const named = [
    ...MARKDOWN_FIELDS.map((field) => joined[field]),
    ...joined.solutions.map((solution) => solution.title),
  ];
  if (!named.some((text) => text.includes(heading)))
    joined.notes = [joined.notes, `### ${heading}`].filter((text) => text !== '').join('\n\n');
  return joined;
}
