/** Small coercions for Sentry's payloads: types are guidelines there, so nothing is refused. Pure. */
import { cutText } from '../limits';
import { isObject } from './report-fields';

/** Text of a string, number or boolean; undefined for blanks and everything else. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Like `textOf`, with objects and lists as JSON. */
export const anyText = (value: unknown): string | undefined =>
  value !== null && typeof value === 'object' ? JSON.stringify(value) : textOf(value);

/** A trimmed text of at most `max` characters that PostgreSQL can hold; empty when there is none. */
export const shortText = (value: unknown, max: number): string =>
  cutText(
    textOf(value)
      ?.replace(/[\0\p{Surrogate}]/gu, '')
      .trim() ?? '',
    max,
  );

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
  if (isObject(input) && !Object.values(input).some(Array.isArray)) return input;
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
    record.set(name, record.has(name) ? `${anyText(record.get(name)) ?? ''}, ${anyText(value) ?? ''}` : value);
  }
  return Object.fromEntries(record);
}

/**
 * The payload in an envelope that was written down as a JSON list, each header followed by its payload. What is no event
 * keeps the type that its header says.
 */
export function payloadInList(list: readonly unknown[]): Record<string, unknown> | undefined {
  for (const [at, header] of list.entries()) {
    const payload = list[at + 1];
    if (!isObject(header) || !isObject(payload) || typeof header.type !== 'string') continue;
    return header.type === 'event' ? payload : { ...payload, type: header.type };
  }
  return list.find(isObject);
}
