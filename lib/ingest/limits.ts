/** Sizes an event is held to. Characters are UTF-16 units. What goes beyond is cut, and `trimmed` says so. */
export const LIMITS = {
  message: 8192,
  type: 256,
  /** Any other single string. */
  string: 16_384,
  /** A stack trace as text, as far as it is read. */
  stackText: 512 * 1024,
  /** A stack trace as text, as far as it is kept beside its frames. */
  keptStackText: 32 * 1024,
  name: 200,
  environment: 64,
  release: 256,
  serverName: 256,
  logger: 64,
  frames: 250,
  exceptions: 50,
  breadcrumbs: 100,
  contextLines: 12,
  tags: 100,
  tagKey: 200,
  tagValue: 200,
  fingerprint: 32,
  depth: 7,
  entries: 1000,
  /** `extra`, `contexts` and unknown keys, as JSON. */
  extraText: 256 * 1024,
  futureMs: 60_000,
  batch: 1000,
  compressedBody: 20 * 1024 * 1024,
  expandedBody: 64 * 1024 * 1024,
  /** Of `/errors`, decompressed or as it comes: it is parsed in one go, during which nobody else has a turn. */
  reportsBody: 20 * 1024 * 1024,
  /** An item of an envelope that is JSON, for the same reason. Files may be larger. */
  jsonItem: 20 * 1024 * 1024,
} as const;

/** Tag keys that have a column of their own. */
const RESERVED_TAGS = new Set(['release', 'dist', 'user', 'filename', 'function', 'environment']);

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

/** The first `max` characters, never half a surrogate pair. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  return text.slice(0, isHighSurrogate(text.charCodeAt(max - 1)) ? max - 1 : max);
}

/** `cutText` that notes the cut under the field's name. */
export function clip(text: string, max: number, field: string, trimmed: string[]): string {
  if (text.length <= max) return text;
  trimmed.push(`${field}: cut from ${text.length} to ${max} characters`);
  return cutText(text, max);
}

/** The first and last halves of a text that is too long, with a line between that says how much is missing. */
export function cutMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const half = max / 2;
  return `${cutText(text, half)}\n… ${text.length - max} characters left out …\n${text.slice(-half).replace(/^[\udc00-\udfff]/, '')}`;
}

/** The first and last 125 of a longer stack. */
export function clipFrames<T>(frames: T[], field: string, trimmed: string[]): T[] {
  if (frames.length <= LIMITS.frames) return frames;
  const half = LIMITS.frames / 2;
  trimmed.push(`${field}: kept the first and last ${half} of ${frames.length} frames`);
  return [...frames.slice(0, half), ...frames.slice(-half)];
}

/** The last `max` of a list; the newest stand last. */
export function clipList<T>(list: T[], max: number, field: string, trimmed: string[]): T[] {
  if (list.length <= max) return list;
  trimmed.push(`${field}: kept the last ${max} of ${list.length}`);
  return list.slice(-max);
}

const scalarText = (value: unknown): string | null => {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
};

function tagPairs(input: unknown): [unknown, unknown][] {
  if (Array.isArray(input)) {
    return input.flatMap((item): [unknown, unknown][] => {
      if (Array.isArray(item)) return [[item[0], item[1]]];
      if (typeof item === 'string') return [[item, 'true']];
      if (item === null || typeof item !== 'object') return [];
      return 'key' in item && 'value' in item ? [[item.key, item.value]] : Object.entries(item);
    });
  }
  return input !== null && typeof input === 'object' ? Object.entries(input) : [];
}

/**
 * Tags as pairs of strings from an object, a list of pairs, of objects or of words. Blank, overlong, reserved and repeated
 * ones (the first wins) are dropped; what is dropped is noted.
 */
export function normalizeTags(input: unknown, trimmed: string[]): [string, string][] {
  const tags = new Map<string, string>();
  let dropped = 0;
  for (const [rawKey, rawValue] of tagPairs(input)) {
    const key = scalarText(rawKey);
    const value = scalarText(rawValue);
    if (!key || !value || RESERVED_TAGS.has(key) || tags.has(key)) continue;
    const fits = key.length <= LIMITS.tagKey && value.length <= LIMITS.tagValue && tags.size < LIMITS.tags;
    if (fits) tags.set(key, value);
    else dropped++;
  }
  if (dropped > 0) {
    trimmed.push(`tags: dropped ${dropped} over ${LIMITS.tagValue} characters or beyond the first ${LIMITS.tags}`);
  }
  return [...tags];
}

const MINUTE_MS = 60_000;
const padded = (number: number, length: number): string => String(number).padStart(length, '0');
/** `SS.` for each second of a minute, and `mmmZ` for each millisecond of a second. */
const SECONDS = Array.from({ length: 60 }, (_, second) => `${padded(second, 2)}.`);
const MILLISECONDS = Array.from({ length: 1000 }, (_, ms) => `${padded(ms, 3)}Z`);
let minute = Number.NaN;
let minuteText = '';

/** As `toISOString`, which takes five times as long: events and their breadcrumbs mostly share the minute. */
export function instantText(instant: Date): string {
  const ms = instant.getTime();
  const rest = ((ms % MINUTE_MS) + MINUTE_MS) % MINUTE_MS;
  if (ms - rest !== minute) {
    minuteText = instant.toISOString().slice(0, -7);
    minute = ms - rest;
  }
  return minuteText + SECONDS[Math.floor(rest / 1000)] + MILLISECONDS[rest % 1000];
}

const CANONICAL_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/;

/**
 * An instant from ISO 8601 text (no zone means UTC) or from a number of seconds or milliseconds since 1970. Null when it
 * is none. Years outside 1970–9999 are none either.
 */
export function parseInstant(input: unknown): Date | null {
  let ms = Number.NaN;
  if (typeof input === 'string' && CANONICAL_INSTANT.test(input)) ms = Date.parse(input);
  else if (typeof input === 'number') ms = Math.abs(input) > 1e11 ? input : input * 1000;
  else if (typeof input === 'string') {
    const text = input.trim();
    if (/^\d{9,10}(?:\.\d{1,9})?$/.test(text)) ms = Number(text) * 1000;
    else if (/^\d{13}$/.test(text)) ms = Number(text);
    else if (/^\d{4}-\d\d-\d\d/.test(text) && text.length <= 40) {
      const iso = text
        .replace(' ', 'T')
        .replace(/([.,]\d{3})\d+/, '$1')
        .replace(',', '.');
      const zoned = /T.*(?:Z|[+-]\d\d:?\d\d)$/i.test(iso) ? iso : `${iso.includes('T') ? iso : `${iso}T00:00:00`}Z`;
      ms = Date.parse(zoned);
    }
  }
  return ms >= 0 && ms < 253_402_300_800_000 ? new Date(ms) : null;
}
