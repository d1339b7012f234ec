import { isAlias, parseDocument, visit } from 'yaml';
import { type EntryContent, entryStatusSchema, type TrackRecord, trackRecordSchema } from '../entry-schema';
import { parseEntryId } from '../entry-words';
import { scanBlocks } from './block-scan';
import { FIELD_HEADINGS } from './guide-words';
import type { ParsedDocument } from './parse-document';
import { plainOf } from './plain-from-markdown';
import { readGuideEntry, textOf } from './read-guide-entry';
import { normaliseText } from './syntax-tree';

const FRONT_MATTER_LINES = 5000;
const FRONT_MATTER_LENGTH = 1_000_000;

/** Fields of an entry whose value stands in the front matter. */
const VALUES = [
  ...([
    'title',
    'category',
    'severity',
    'component',
    'tags',
    'first_seen',
    'resolution_minutes',
    'next_review',
  ] as const),
  ...(['signatures', 'related_files', 'related_entries', 'references'] as const),
] satisfies readonly (keyof EntryContent)[];
const STATES = ['id', 'external_id', 'status', 'disputed', 'updated', 'track_record'];
/** Keys by which a file is told from any other document with front matter. */
const TELLING = ['status', 'signatures', 'severity', 'category', 'component', 'first_seen', 'next_review'];

/**
 * Reads a file with YAML front matter that holds one entry or guide section, as an export writes them. Null for any other
 * document: front matter alone makes none. Values that make no sense are left for the caller's schema to refuse.
 */
export function readEntryFile(text: string): ParsedDocument | null {
  const lines = normaliseText(text).split('\n');
  const matter = readMatter(lines);
  if (!matter) return null;
  const { values, end } = matter;
  if (typeof values.slug === 'string' && typeof values.title === 'string' && !('id' in values))
    return 'position' in values ? readSectionFile(lines, values, end) : null;
  const named = typeof values.id === 'string' && parseEntryId(values.id) !== null;
  const { headings } = scanBlocks(lines.slice(end));
  const fields = new Set<string>(Object.values(FIELD_HEADINGS).map((words) => words.toLowerCase()));
  const telling =
    typeof values.title === 'string' &&
    TELLING.some((key) => key in values) &&
    headings.some(({ level, words }) => level === 2 && (fields.has(words.toLowerCase()) || words === 'Solution'));
  return named || telling ? readEntry(lines, values, end) : null;
}

type Values = Record<string, unknown>;

function readEntry(lines: readonly string[], values: Values, end: number): ParsedDocument {
  const scanned = scanBlocks(lines.slice(end)).headings;
  const headings = scanned.map((heading) => ({ ...heading, line: heading.line + end }));
  const own = headings[0]?.level === 1 ? headings[0] : undefined;
  const title = typeof values.title === 'string' ? values.title : plainOf(own?.words ?? '').replace(/^ERROR-\d+: /, '');
  const taken = linesUpTo(end);
  const reading = readGuideEntry(
    { lines, headings },
    { from: own ? own.line + 1 : end, to: lines.length, level: 1, taken },
    title,
  );
  const before = textOf(lines, end, own?.line ?? end);
  const given = Object.fromEntries(VALUES.filter((key) => key in values).map((key) => [key, values[key]]));
  const others = Object.entries(values).filter(([key]) => !(key in given) && !STATES.includes(key));
  const notes = [reading.content.notes, before, ...others.map(([key, value]) => `### ${key}\n\n${wordsOf(value)}`)];
  const number = typeof values.id === 'string' ? parseEntryId(values.id) : null;
  return {
    entries: [
      {
        // The caller checks it: a person may have written these values.
        content: {
          ...reading.content,
          ...given,
          title,
          notes: notes.filter((part) => part !== '').join('\n\n'),
        } as EntryContent,
        path: [own?.words ?? title],
        key: { heading: `${number === null ? '' : `${String(values.id)}: `}${title}`.slice(0, 300), ordinal: 1 },
        line: (own?.line ?? 0) + 1,
        status: null,
        number: null,
        restored: {
          number,
          externalId: typeof values.external_id === 'string' ? values.external_id : null,
          status: entryStatusSchema.safeParse(values.status).data ?? reading.status,
          disputed: values.disputed === true || reading.disputed,
          trackRecord: readRecord(values.track_record) ?? reading.trackRecord,
          updatedAt: typeof values.updated === 'string' ? values.updated : null,
        },
      },
    ],
    sections: [],
    warnings: others.map(([key]) => ({ line: 1, message: `"${key}" is no field of an entry; kept in the notes` })),
    guide: { title: null, skipped: taken },
  };
}

function readSectionFile(lines: readonly string[], values: Values, end: number): ParsedDocument {
  const { headings } = scanBlocks(lines.slice(end));
  const first = headings[0]?.level === 1 ? headings[0].line + end : null;
  const slug = String(values.slug);
  const position = typeof values.position === 'number' && values.position >= 0 ? Math.floor(values.position) : null;
  const updatedAt = typeof values.updated === 'string' ? values.updated : null;
  return {
    entries: [],
    sections: [
      {
        slug,
        title: String(values.title),
        body: [textOf(lines, end, first ?? end), textOf(lines, first === null ? end : first + 1, lines.length)]
          .filter((part) => part !== '')
          .join('\n\n'),
        line: (first ?? 0) + 1,
        restored: { slug, position, updatedAt },
      },
    ],
    warnings: [],
    guide: { title: null, skipped: linesUpTo((first ?? end) + 1) },
  };
}

const readRecord = (value: unknown): TrackRecord | null =>
  value !== null && typeof value === 'object'
    ? (trackRecordSchema.safeParse({ ...NO_RECORD, ...value }).data ?? null)
    : null;
const NO_RECORD: TrackRecord = { watching: 0, held: 0, recurred: 0, inconclusive: 0, median_resolution_minutes: null };

const wordsOf = (value: unknown): string =>
  typeof value === 'string' ? value : `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;

function linesUpTo(end: number): Set<number> {
  return new Set(Array.from({ length: end }, (_, at) => at + 1));
}

/** The front matter as an object, and the first line after it. Aliases are refused: a few lines of them make gigabytes. */
function readMatter(lines: readonly string[]): { values: Values; end: number } | null {
  if (lines[0]?.trimEnd() !== '---') return null;
  const close = lines.slice(0, FRONT_MATTER_LINES).findIndex((line, at) => at > 0 && line.trimEnd() === '---');
  if (close < 0) return null;
  const values = readYaml(lines.slice(1, close).join('\n'));
  return values ? { values, end: close + 1 } : null;
}

function readYaml(text: string): Values | null {
  if (text.length > FRONT_MATTER_LENGTH) return null;
  let values: unknown;
  try {
    const document = parseDocument(text);
    let hasAlias = false;
    visit(document, (_key, node) => {
      if (!isAlias(node)) return undefined;
      hasAlias = true;
      return visit.BREAK;
    });
    if (document.errors.length > 0 || hasAlias) return null;
    values = document.toJS();
  } catch {
    // Nested deeper than the parser's stack: nothing that an export wrote.
    return null;
  }
  return values !== null && typeof values === 'object' && !Array.isArray(values) ? (values as Values) : null;
}
