import { ENTRY_FIELDS } from '../knowledge/entry-words';
import { recordOf } from './entry-words';
import type { Guide, GuideEntry } from './guide-schema';

/** The guide as JSON, whole: an import makes the same guide of it. The same guide gives the same bytes. */
export function guideJson({ title, entries, sections }: Guide): string {
  return text({
    format: 'errata-guide',
    version: 1,
    title,
    entries: entries.map((entry) => ({
      id: entry.id,
      external_id: entry.external_id,
      status: entry.status,
      disputed: entry.disputed,
      ...contentOf(entry),
      track_record: recordOf(entry.track_record),
      updated_at: entry.updated_at,
    })),
    sections: sections.map(({ slug, title: heading, body, position, updated_at }) => ({
      ...{ slug, title: heading, position, body, updated_at },
    })),
  });
}

/** The guide's entries as `error_knowledge_base.json`: known patterns by their id, without what is empty. */
export function knowledgeBaseJson({ entries }: Guide): string {
  const updated = entries
    .map((entry) => entry.updated_at)
    .sort()
    .at(-1);
  return text({
    version: '1.0',
    last_updated: updated ?? null,
    total_patterns: entries.length,
    patterns: Object.fromEntries(
      entries.map((entry) => [
        entry.id,
        {
          ...{ id: entry.id, external_id: entry.external_id, status: entry.status, ...filled(contentOf(entry)) },
          updated_at: entry.updated_at,
        },
      ]),
    ),
  });
}

const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The database keeps no order of keys, so each object names its own. */
const contentOf = (entry: GuideEntry) => ({
  ...Object.fromEntries(ENTRY_FIELDS.map((field) => [field, entry[field]])),
  solutions: entry.solutions.map(({ title, steps }) => ({ title, steps })),
  prevention: entry.prevention.map(({ text, done, owner, due, link }) => ({ text, done, owner, due, link })),
  signatures: entry.signatures.map(({ kind, value }) => ({ kind, value })),
});

const filled = (content: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(content).filter(
      ([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
