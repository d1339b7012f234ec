import { cutMiddle, cutText, LIMITS } from './limits';
import { FILTERED, isSensitiveKey, type ScrubMode, scrubText } from './scrub';

/** Strings whose key says what they are, in the own API as in Sentry's payloads. All else is a `value`. */
const MODES: Record<string, ScrubMode> = {
  message: 'text',
  error_message: 'text',
  error: 'text',
  formatted: 'text',
  title: 'text',
  value: 'text',
  context: 'text',
  transaction: 'text',
  stack_trace: 'source',
  stacktrace: 'source',
  stack: 'source',
  raw_stack: 'source',
  traceback: 'source',
  context_line: 'source',
  pre_context: 'source',
  post_context: 'source',
  query_string: 'query',
  url: 'query',
  event_id: 'exempt',
  id: 'exempt',
  filename: 'exempt',
  abs_path: 'exempt',
  function: 'exempt',
  module: 'exempt',
  package: 'exempt',
  timestamp: 'exempt',
  type: 'exempt',
  error_type: 'exempt',
  service: 'exempt',
  release: 'exempt',
  environment: 'exempt',
  'user-agent': 'exempt',
  debug_meta: 'exempt',
};
const STACK_KEYS = new Set(['stack_trace', 'stacktrace', 'stack', 'raw_stack', 'traceback']);

const BROKEN = /\0|\p{Surrogate}/u;
const EVERY_BROKEN = /\0|\p{Surrogate}/gu;
const JSON_TEXT_MAX = 256 * 1024;

interface Walk {
  trimmed: string[];
  replaced: boolean;
}

/** NUL and lone surrogates, which PostgreSQL refuses, become U+FFFD. */
function mend(text: string, walk: Walk): string {
  if (!BROKEN.test(text)) return text;
  walk.replaced = true;
  return text.replace(EVERY_BROKEN, '\ufffd');
}

function cleanText(text: string, mode: ScrubMode, key: string, path: string, walk: Walk): string {
  let kept = text;
  if (STACK_KEYS.has(key)) {
    if (kept.length > LIMITS.stackText) {
      walk.trimmed.push(`${path}: kept the first and last half of ${LIMITS.stackText} of ${kept.length} characters`);
      kept = cutMiddle(kept, LIMITS.stackText);
    }
  } else {
    const limit = mode === 'text' ? LIMITS.message : LIMITS.string;
    if (kept.length > limit) {
      const structured = mode === 'value' && kept.length <= JSON_TEXT_MAX ? cleanJsonText(kept, walk) : null;
      if (structured) return cutText(structured, limit);
      walk.trimmed.push(`${path}: cut from ${kept.length} to ${limit} characters`);
      kept = cutText(kept, limit);
    }
  }
  kept = mend(kept, walk);
  if (mode !== 'value') return scrubText(kept, mode);
  return cleanJsonText(kept, walk) ?? scrubText(kept, mode);
}

/** A JSON object or list that was sent as a string, such as a request body: cleaned inside. Null when it is none. */
function cleanJsonText(text: string, walk: Walk): string | null {
  const first = text.charCodeAt(0);
  if ((first !== 123 && first !== 91) || text.length < 5) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    const cleaned = cleanValue(parsed, '', '', 0, { ...walk, trimmed: [] }, undefined);
    return cleaned === parsed ? text : JSON.stringify(cleaned);
  } catch {
    return null;
  }
}

function cleanList(
  list: unknown[],
  key: string,
  path: string,
  depth: number,
  walk: Walk,
  mode: ScrubMode | undefined,
): unknown[] {
  // `["authorization", "Bearer …"]`: SDKs send headers, cookies and tags as pairs too.
  const [name, second] = list;
  if (list.length === 2 && typeof name === 'string' && second && isSensitiveKey(name)) return [name, FILTERED];
  const isBatch = depth === 0 || key === 'frames' || key === 'values';
  const kept = isBatch || list.length <= LIMITS.entries ? list : list.slice(0, LIMITS.entries);
  if (kept !== list) walk.trimmed.push(`${path}: kept the first ${LIMITS.entries} of ${list.length} entries`);
  let changed: unknown[] | null = kept === list ? null : kept;
  for (let at = 0; at < kept.length; at++) {
    const item = kept[at];
    const cleaned = cleanValue(item, key, path, depth + 1, walk, mode);
    if (cleaned === item) continue;
    changed ??= [...kept];
    changed[at] = cleaned;
  }
  return changed ?? list;
}

function cleanObject(object: object, path: string, depth: number, walk: Walk, mode: ScrubMode | undefined): object {
  let changed: Record<string, unknown> | null = null;
  const source = object as Record<string, unknown>;
  let count = 0;
  for (const key in source) {
    if (++count > LIMITS.entries) {
      walk.trimmed.push(`${path || 'event'}: kept the first ${LIMITS.entries} keys`);
      const kept = Object.entries(changed ?? source).slice(0, LIMITS.entries);
      return Object.fromEntries(kept);
    }
    const value = source[key];
    const inner = path ? `${path}.${key}` : key;
    const secret = value !== null && value !== undefined && value !== '' && isSensitiveKey(key);
    const cleaned = secret ? FILTERED : cleanValue(value, key, inner, depth + 1, walk, mode);
    const safeKey = key.length > LIMITS.string ? cutText(key, LIMITS.name) : mend(key, walk);
    if (cleaned === value && safeKey === key) continue;
    changed ??= { ...source };
    if (safeKey !== key) delete changed[key];
    changed[safeKey] = cleaned;
  }
  return changed ?? object;
}

function cleanValue(
  value: unknown,
  key: string,
  path: string,
  depth: number,
  walk: Walk,
  mode: ScrubMode | undefined,
): unknown {
  if (typeof value === 'string') {
    if (value.length === 0) return value;
    return cleanText(value, mode ?? modeOf(key), key, path, walk);
  }
  if (value === null || typeof value !== 'object') return value;
  if (depth > maxDepth(path)) {
    walk.trimmed.push(`${path}: deeper than ${LIMITS.depth} levels`);
    return Array.isArray(value) ? '[list]' : '[object]';
  }
  const below = key === 'debug_meta' ? 'exempt' : mode;
  return Array.isArray(value)
    ? cleanList(value, key, path, depth, walk, below)
    : cleanObject(value, path, depth, walk, below);
}

const modeOf = (key: string): ScrubMode => (Object.hasOwn(MODES, key) ? MODES[key]! : 'value');

/** Frames sit five levels down in Sentry's payloads; their variables may go as deep as anything else. */
const maxDepth = (path: string): number =>
  path.startsWith('exception') || path.startsWith('threads') ? LIMITS.depth + 6 : LIMITS.depth + 1;

/**
 * A payload as it came over the wire, made fit to store in one walk: secrets scrubbed, strings and depth limited, NUL and
 * lone surrogates replaced. Each cut leaves a sentence in `trimmed`. Parts that need no change are shared with the input,
 * which is never modified.
 */
export function cleanPayload(payload: Record<string, unknown>, trimmed: string[]): Record<string, unknown> {
  const walk: Walk = { trimmed, replaced: false };
  const cleaned = cleanObject(payload, '', 0, walk, undefined) as Record<string, unknown>;
  if (walk.replaced) trimmed.push('event: NUL characters and lone surrogates were replaced by U+FFFD');
  return cleaned;
}
