export type Json = Record<string, unknown>;
export const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Keys under which knowledge bases keep their list, in order of preference. */
const LISTS = [
  'entries',
  'patterns',
  'errors',
  'known_errors',
  'knowledge',
  'knowledge_base',
  'solutions',
  'issues',
  'data',
];

/**
 * The raw items of a JSON knowledge base: a list, a list or map under a well-known key (`entries`, `patterns`, …), or a map from
 * id to entry. Null when it is none of these.
 */
export function listJsonItems(json: unknown): unknown[] | null {
  if (Array.isArray(json)) return json;
  if (!isObject(json)) return null;
  for (const key of LISTS) {
    const value = json[key];
    if (Array.isArray(value)) return value;
    if (isObject(value) && Object.values(value).length > 0 && Object.values(value).every(isObject))
      return fromMap(value);
  }
  const values = Object.values(json);
  return values.length > 0 && values.every(isObject) ? fromMap(json) : null;
}

const fromMap = (map: Json): unknown[] =>
  Object.entries(map).map(([key, value]) => {
    const item = value as Json;
    return idOf(item) === null ? { external_id: key, ...item } : item;
  });

/** Keys by which knowledge bases name an entry, in order of preference. */
export const IDS = ['external_id', 'id', 'pattern_id', 'error_id', 'entry_id', 'key', 'hash'];

/** The id an item brings along; null without one. */
export function idOf(item: Json): string | null {
  for (const key of IDS) {
    const value = item[key];
    if ((typeof value === 'string' && value.trim() !== '') || typeof value === 'number')
      return String(value).trim().slice(0, 300);
  }
  return null;
}
