/** Small coercions for Sentry's payloads: types are guidelines there, so nothing is refused. Pure. */
import { isObject } from './report-fields';

/** Text of a string, number or boolean; undefined for blanks and everything else. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Like `textOf`, with objects and lists as JSON. */
export const anyText = (value: unknown): string | undefined =>
  value !== null && typeof value === 'object' ? JSON.stringify(value) : textOf(value);

export const integerOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
};

export const booleanOf = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** The objects of `{values: […]}`, of a bare list, or of a single object. */
export function valuesOf(input: unknown): Record<string, unknown>[] {
  const list = isObject(input) && 'values' in input ? input.values : input;
  if (Array.isArray(list)) return list.filter(isObject);
  return isObject(list) ? [list] : [];
}

/** An object as it is; anything else but nothing under `name`. */
export function recordOf(value: unknown, name: string): Record<string, unknown> | undefined {
  if (value === undefined || value === null) return undefined;
  return isObject(value) ? value : { [name]: value };
}

/** Headers and the like as an object, from an object (also of lists) or from pairs. Repeated names are joined. */
export function pairsToRecord(input: unknown): Record<string, unknown> | undefined {
  const pairs: [string, unknown][] = [];
  if (isObject(input)) pairs.push(...Object.entries(input));
  else if (Array.isArray(input)) {
    for (const item of input) {
      if (Array.isArray(item) && typeof item[0] === 'string') pairs.push([item[0], item[1]]);
      else if (isObject(item)) pairs.push(...Object.entries(item));
    }
  } else return undefined;
  const record = new Map<string, unknown>();
  for (const [name, raw] of pairs) {
    const value = Array.isArray(raw) ? raw.map((part) => anyText(part) ?? '').join(', ') : raw;
    record.set(name, record.has(name) ? `${record.get(name)}, ${value}` : value);
  }
  return Object.fromEntries(record);
}

/** The objects of an envelope that was written down as a JSON list: header, then item header and payload in turn. */
export function eventInList(list: readonly unknown[]): Record<string, unknown> | undefined {
  const at = list.findIndex((item) => isObject(item) && item.type === 'event' && !('exception' in item));
  const payload = list[at + 1];
  if (at >= 0 && isObject(payload)) return payload;
  return list.filter(isObject).find((item) => 'exception' in item || 'message' in item || 'logentry' in item);
}
