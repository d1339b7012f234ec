import type { FieldError } from '../errors';
import { type EntryContent, entryContentSchema, entryStatusSchema, trackRecordSchema } from './entry-schema';
import { ENTRY_FIELDS, type EntryStatus, parseEntryId } from './entry-words';
import { IDS, idOf, isObject, type Json } from './json-items';
import { deriveSignatures } from './markdown/error-signatures';
import { type LabelIndex, matchLabel } from './markdown/field-labels';
import { readDate, readMinutes } from './markdown/field-values';
import { severityOf } from './markdown/heading-shape';
import {
  type ParsedDocument,
  type ParsedEntry,
  parseKnowledgeDocument,
  type RestoredEntry,
} from './markdown/parse-document';

/** One entry on its way in, whatever form it came in. `content` null: `errors` say why. */
export interface ImportItem {
  content: EntryContent | null;
  errors: FieldError[];
  /** What the report calls it when it has no content. */
  title: string;
  externalId: string | null;
  /** Document, heading and ordinal, by which a repeated import recognises it. */
  sourceKey: string | null;
  source: { document: string; heading: string | null; line: number | null } | null;
  /** What the sender asks for; null leaves it to the import. */
  status: EntryStatus | null;
  warnings: string[];
  /** What an export of ours says of it besides. */
  restored: RestoredEntry | null;
}

/** `document` and what identifies an entry in it, as one key. */
export const sourceKeyOf = (document: string, heading: string, ordinal: number): string =>
  [document, heading, ordinal].join('#').slice(0, 1000);

export interface ImportedText {
  items: ImportItem[];
  parsed: ParsedDocument;
}

/**
 * The entries of a Markdown document.
 * @param document its name, by which a repeated import recognises it. @param labels with a team's own words.
 * @param revision commit it was read at, to be told in the source.
 */
export function itemsOfDocument(document: string, text: string, labels?: LabelIndex, revision?: string): ImportedText {
  const parsed = parseKnowledgeDocument({ name: document, text, labels });
  return { parsed, items: parsed.entries.map((entry) => itemOfEntry(document, entry, revision)) };
}

function itemOfEntry(document: string, entry: ParsedEntry, revision?: string): ImportItem {
  const checked = check(entry.content);
  const warnings: string[] = [];
  if (entry.content.solutions.length === 0 && !entry.restored) warnings.push('no solution found');
  if (entry.status === 'in_progress') warnings.push('the document says it is still in progress');
  return {
    ...checked,
    title: entry.content.title,
    externalId: entry.restored?.externalId ?? null,
    sourceKey: sourceKeyOf(document, entry.key.heading, entry.key.ordinal),
    source: {
      document: revision ? `${document}@${revision}` : document,
      heading: entry.path.join(' › ').slice(0, 2000),
      line: entry.line,
    },
    status: entry.restored?.status ?? null,
    warnings,
    restored: entry.restored ?? null,
  };
}

function check(content: unknown): { content: EntryContent | null; errors: FieldError[] } {
  const result = entryContentSchema.safeParse(content);
  if (result.success) return { content: result.data, errors: [] };
  return {
    content: null,
    errors: result.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message })),
  };
}

/** What stands in the report for a file that could not be read. */
export const unreadableItem = (name: string, why: string): ImportItem => ({
  content: null,
  errors: [{ field: 'file', message: why }],
  title: name,
  externalId: null,
  sourceKey: null,
  source: null,
  status: null,
  warnings: [],
  restored: null,
});

const TITLES = ['title', 'name', 'pattern', 'error_pattern', 'summary', 'error_name'];
/** What an export of ours carries besides the content. */
const IGNORED = new Set([
  'origin',
  'disputed',
  'updated',
  'stale',
  'version',
  'source',
  'owner',
  'track_record',
  'created_at',
  'updated_at',
  'published_at',
  'updated_by',
  'status',
  'issues',
]);

/**
 * Reads one JSON item. Our own field names are taken strictly (a wrong type is an error that names the field); other keys are read
 * as field labels (`error_message`, `fix`); what is neither goes to the notes under its own name.
 * @param place the document it stood in and its number there, for an item without an id.
 */
export function itemOfJson(
  raw: unknown,
  place: { document: string | null; index: number },
  labels?: LabelIndex,
): ImportItem {
  const blank = { externalId: null, sourceKey: null, source: null, status: null, warnings: [], restored: null };
  if (!isObject(raw))
    return {
      ...blank,
      content: null,
      title: `Item ${place.index + 1}`,
      errors: [{ field: '(item)', message: 'expected an object with at least a title' }],
    };
  const draft: Json = {};
  const notes: string[] = [];
  const warnings: string[] = [];
  const name = TITLES.map((key) => raw[key]).find((value) => typeof value === 'string' && value.trim() !== '');
  for (const [key, value] of Object.entries(raw)) {
    if (value === null || value === undefined || IGNORED.has(key) || IDS.includes(key)) continue;
    const saysTheName = TITLES.includes(key) && value === name;
    if (key === 'title' || !saysTheName) fill(draft, notes, warnings, key, value, labels);
  }
  draft.title ??= name;
  draft.title ??= firstLine(draft.symptoms);
  if (notes.length > 0)
    draft.notes = [draft.notes, ...notes].filter((text) => typeof text === 'string' && text !== '').join('\n\n');
  const restored = restoredOf(raw);
  const checked = check(draft);
  const { content } = checked;
  if (content && !restored && content.signatures.length === 0)
    content.signatures = deriveSignatures(content.symptoms, content.title);
  const status = readStatus(raw.status);
  const externalId = restored ? restored.externalId : idOf(raw);
  const title =
    typeof draft.title === 'string' && draft.title.trim() !== ''
      ? draft.title.trim().slice(0, 500)
      : `Item ${place.index + 1}`;
  const key =
    externalId === null && place.document !== null ? sourceKeyOf(place.document, title.toLowerCase(), 1) : null;
  return {
    ...(status.error ? { content: null } : { content }),
    errors: [...checked.errors, ...(status.error ? [status.error] : [])],
    title,
    externalId,
    sourceKey: key,
    source: place.document === null ? null : { document: place.document, heading: title, line: null },
    status: status.value,
    warnings,
    restored,
  };
}

/** An item of our own export or listing carries our number beside the sender's id; anybody else's `id` is an external one. */
function restoredOf(raw: Json): RestoredEntry | null {
  const number = typeof raw.id === 'string' && 'external_id' in raw ? parseEntryId(raw.id) : null;
  if (number === null) return null;
  return {
    number,
    externalId: typeof raw.external_id === 'string' && raw.external_id !== '' ? raw.external_id.slice(0, 300) : null,
    status: null,
    disputed: raw.disputed === true,
    trackRecord: trackRecordSchema.safeParse(raw.track_record).data ?? null,
    updatedAt: typeof raw.updated_at === 'string' ? raw.updated_at : null,
  };
}

function readStatus(value: unknown): { value: ImportItem['status']; error: FieldError | null } {
  if (value === undefined || value === null || value === '') return { value: null, error: null };
  const known = entryStatusSchema.safeParse(value);
  if (known.success) return { value: known.data, error: null };
  return { value: null, error: { field: 'status', message: 'expected draft, in_review, published or retired' } };
}

const firstLine = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value
        .split('\n')
        .find((line) => line.trim() !== '')
        ?.trim()
        .slice(0, 300)
    : undefined;

const LIST_FIELDS: ReadonlySet<string> = new Set(['tags', 'related_files', 'related_entries', 'references']);
const CONTENT_KEYS: ReadonlySet<string> = new Set(ENTRY_FIELDS);

function fill(
  draft: Json,
  notes: string[],
  warnings: string[],
  key: string,
  value: unknown,
  labels?: LabelIndex,
): void {
  if (CONTENT_KEYS.has(key)) {
    draft[key] = coerce(key, value);
    return;
  }
  const field = matchLabel(key.replace(/[_-]+/g, ' '), labels)?.field;
  const text = toText(value);
  if (text === '') return;
  if (field === 'solutions')
    draft.solutions = [...((draft.solutions as unknown[]) ?? []), ...(coerce('solutions', value) as unknown[])];
  else if (field === 'prevention')
    draft.prevention = [...((draft.prevention as unknown[]) ?? []), ...(coerce('prevention', value) as unknown[])];
  else if (field === 'severity' && draft.severity === undefined && severityOf(text)) draft.severity = severityOf(text);
  else if (field === 'first_seen' && draft.first_seen === undefined && readDate(text))
    draft.first_seen = readDate(text)?.date;
  else if (field === 'resolution_minutes' && draft.resolution_minutes === undefined && readMinutes(text) !== null)
    draft.resolution_minutes = readMinutes(text);
  else if (
    (field === 'category' || field === 'component') &&
    draft[field] === undefined &&
    text.length <= 100 &&
    !text.includes('\n')
  )
    draft[field] = text;
  else if (field && LIST_FIELDS.has(field))
    draft[field] = [...((draft[field] as unknown[]) ?? []), ...(coerce(field, value) as unknown[])];
  else if (
    field &&
    ['symptoms', 'detection', 'diagnosis', 'root_cause', 'impact', 'validation', 'environment'].includes(field)
  )
    draft[field] = [draft[field], text].filter((part) => typeof part === 'string' && part !== '').join('\n\n');
  else {
    notes.push(`### ${key}\n\n${text}`);
    warnings.push(`"${key}" is no field of an entry; kept in the notes`);
  }
}

/** Shorthands for our own fields: one text for a list, texts for objects. Anything else stays for the schema to refuse. */
function coerce(field: string, value: unknown): unknown {
  if (field === 'solutions')
    return typeof value === 'string' || isObject(value)
      ? [toSolution(value)]
      : Array.isArray(value)
        ? value.map(toSolution)
        : value;
  if (field === 'prevention') {
    if (typeof value === 'string') return value.trim() === '' ? [] : [{ text: value }];
    return Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? { text: item } : item)) : value;
  }
  if (LIST_FIELDS.has(field) && typeof value === 'string')
    return (field === 'tags' ? value.split(',') : [value]).map((item) => item.trim()).filter(Boolean);
  if (field === 'severity' && typeof value === 'string') return severityOf(value) ?? value;
  return value;
}

function toSolution(value: unknown): unknown {
  if (typeof value === 'string') return { title: '', steps: value };
  if (!isObject(value) || value.steps === undefined) {
    if (!isObject(value)) return value;
    const { title, name, ...rest } = value;
    return { title: toText(title ?? name ?? ''), steps: Object.values(rest).map(toText).filter(Boolean).join('\n\n') };
  }
  return Array.isArray(value.steps)
    ? { ...value, steps: value.steps.map((step, at) => `${at + 1}. ${toText(step)}`).join('\n') }
    : value;
}

/** A JSON value as Markdown. */
function toText(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return value.map((item) => `- ${String(item)}`).join('\n');
  return value === null || value === undefined ? '' : `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}
