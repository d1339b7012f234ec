const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text as PostgreSQL can hold it: NUL characters and halves of surrogate pairs become U+FFFD. */
export const storableText = (text: string): string => text.replaceAll('\0', '\ufffd').replace(LONE_SURROGATE, '\ufffd');

/** The same for every string inside a JSON value; object keys are ours and stay. */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return storableText(value) as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, storable(inner)])) as T;
  return value;
}
