// What names an entry and its parts, apart from the schema: pages that only show entries load no validation.

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const ENTRY_STATUSES = ['draft', 'in_review', 'published', 'retired'] as const;
export type EntryStatus = (typeof ENTRY_STATUSES)[number];

export const CATEGORY_SUGGESTIONS = [
  'Infrastructure',
  'Dependency',
  'Code pattern',
  'Configuration',
  'Performance',
  'Build',
  'Database',
  'Network',
  'Security',
] as const;

/** The fields of `EntryContent`, in the order in which pages, diffs and the guide show them. */
export const ENTRY_FIELDS = [
  'title',
  'category',
  'severity',
  'component',
  'tags',
  'first_seen',
  'symptoms',
  'detection',
  'diagnosis',
  'root_cause',
  'solutions',
  'prevention',
  'impact',
  'resolution_minutes',
  'validation',
  'related_files',
  'related_entries',
  'environment',
  'references',
  'notes',
  'signatures',
  'next_review',
] as const;

/** `ERROR-042` from 42 and back (null when it is not one). At least three digits. */
export const entryId = (number: number): string => `ERROR-${String(number).padStart(3, '0')}`;
export function parseEntryId(id: string): number | null {
  const match = /^ERROR-(\d{1,9})$/i.exec(id.trim());
  return match ? Number(match[1]) : null;
}
