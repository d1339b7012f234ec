import { cutMiddle, cutText, LIMITS } from './limits';
import { RecentTexts } from './recent-texts';
import { BROKEN, FILTERED, glance, isSensitiveKey, type ScrubMode, scrubFound } from './scrub';

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

const MAYBE_BROKEN = /[\0\ud800-\udfff]/;
const EVERY_BROKEN = /\0|\p{Surrogate}/gu;

/** What a key says of the value under it. */
interface KeyTraits {
  secret: boolean;
  mode: ScrubMode;
  stack: boolean;
  /** A list of it may be of any length. */
  batch: boolean;
  /** Nothing below is looked into. */
  exempts: boolean;
  /** The key itself can be stored as it is. */
  fits: boolean;
}

const readTraits = (key: string): KeyTraits => ({
  secret: isSensitiveKey(key),
  mode: Object.hasOwn(MODES, key) ? MODES[key]! : 'value',
  stack: STACK_KEYS.has(key),
  batch: key === 'frames' || key === 'values',
  exempts: key === 'debug_meta',
  fits: key.length <= LIMITS.string && !MAYBE_BROKEN.test(key),
});

const MAX_REMEMBERED = 5000;
const LONGEST_REMEMBERED = 100;
const remembered = new Map<string, KeyTraits>();

function traitsOf(key: string): KeyTraits {
  const known = remembered.get(key);
  if (known) return known;
  const traits = readTraits(key);
  if (key.length > LONGEST_REMEMBERED) return traits;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(key, traits);
  return traits;
}
const NAMELESS = readTraits('');

/** Stacks that came lately: looking one over costs more than all the rest of its event. */
const cleanStacks = new RecentTexts<{ cleaned: string; replaced: boolean }>(4_000_000);

const JSON_TEXT_MAX = 256 * 1024;

interface Walk {
  trimmed: string[];
  replaced: boolean;
  /** Keys that lead to where the walk is. */
  keys: string[];
}

/** `exception.values.value`; only asked for when something is noted. */
const pathOf = ({ keys }: Walk): string => keys.slice(keys.findIndex((key) => key !== '')).join('.');

/** NUL and lone surrogates, which PostgreSQL refuses, become U+FFFD. */
function mend(text: string, walk: Walk): string {
  if (!MAYBE_BROKEN.test(text)) return text;
  const mended = text.replace(EVERY_BROKEN, '\ufffd');
  if (mended !== text) walk.replaced = true;
  return mended;
}

function cleanText(text: string, mode: ScrubMode, stack: boolean, walk: Walk): string {
  const limit = stack ? LIMITS.stackText : mode === 'text' ? LIMITS.message : LIMITS.string;
  let kept = text;
  if (text.length > limit) {
    if (stack) {
      walk.trimmed.push(`${pathOf(walk)}: kept the first and last half of ${limit} of ${text.length} characters`);
      kept = cutMiddle(text, limit);
    } else {
      const structured = mode === 'value' && text.length <= JSON_TEXT_MAX ? cleanJsonText(text) : null;
      if (structured) return cutText(structured, limit);
      walk.trimmed.push(`${pathOf(walk)}: cut from ${text.length} to ${limit} characters`);
      kept = cutText(text, limit);
    }
  }
  return stack ? cleanStack(kept, mode, walk) : cleanShort(kept, mode, walk);
}

function cleanStack(text: string, mode: ScrubMode, walk: Walk): string {
  if (mode !== 'source') return cleanShort(text, mode, walk);
  const { cleaned, replaced } = cleanStacks.of(text, () => {
    const own: Walk = { trimmed: [], replaced: false, keys: [] };
    return { cleaned: cleanShort(text, mode, own), replaced: own.replaced };
  });
  walk.replaced ||= replaced;
  return cleaned;
}

function cleanShort(text: string, mode: ScrubMode, walk: Walk): string {
  if (mode === 'exempt' || text.length < 5) return mend(text, walk);
  const found = glance(text);
  const kept = found & BROKEN ? mend(text, walk) : text;
  return (mode === 'value' ? cleanJsonText(kept) : null) ?? scrubFound(kept, mode, found);
}

/** A JSON object or list that was sent as a string, such as a request body: cleaned inside. Null when it is none. */
function cleanJsonText(text: string): string | null {
  const first = text.charCodeAt(0);
  if ((first !== 123 && first !== 91) || text.length < 5) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    const cleaned = cleanValue(parsed, NAMELESS, false, '', 0, { trimmed: [], replaced: false, keys: [] });
    return cleaned === parsed ? text : JSON.stringify(cleaned);
  } catch {
    return null;
  }
}

function cleanList(
  list: unknown[],
  traits: KeyTraits,
  exempt: boolean,
  root: string,
  depth: number,
  walk: Walk,
): unknown[] {
  // `["authorization", "Bearer …"]`: SDKs send headers, cookies and tags as pairs too.
  const [name, second] = list;
  if (list.length === 2 && typeof name === 'string' && second && isSensitiveKey(name)) return [name, FILTERED];
  const isWhole = depth === 0 || traits.batch || list.length <= LIMITS.entries;
  const kept = isWhole ? list : list.slice(0, LIMITS.entries);
  if (!isWhole) walk.trimmed.push(`${pathOf(walk)}: kept the first ${LIMITS.entries} of ${list.length} entries`);
  let changed: unknown[] | null = isWhole ? null : kept;
  for (let at = 0; at < kept.length; at++) {
    const item = kept[at];
    const cleaned = cleanValue(item, traits, exempt, root, depth + 1, walk);
    if (cleaned === item) continue;
    changed ??= [...kept];
    changed[at] = cleaned;
  }
  return changed ?? list;
}

function cleanObject(object: object, exempt: boolean, root: string, depth: number, walk: Walk): object {
  let changed: Record<string, unknown> | null = null;
  const source = object as Record<string, unknown>;
  let count = 0;
  for (const key in source) {
    if (++count > LIMITS.entries) {
      walk.trimmed.push(`${pathOf(walk) || 'event'}: kept the first ${LIMITS.entries} keys`);
      const kept = Object.entries(changed ?? source).slice(0, LIMITS.entries);
      return Object.fromEntries(kept);
    }
    const value = source[key];
    const traits = traitsOf(key);
    let cleaned = value;
    if (traits.secret && value !== null && value !== undefined && value !== '') cleaned = FILTERED;
    else if (typeof value === 'string' || typeof value === 'object') {
      walk.keys.push(key);
      cleaned = cleanValue(value, traits, exempt, root || key, depth + 1, walk);
      walk.keys.pop();
    }
    if (cleaned === value && traits.fits) continue;
    const safeKey = traits.fits ? key : key.length > LIMITS.string ? cutText(key, LIMITS.name) : mend(key, walk);
    if (cleaned === value && safeKey === key) continue;
    changed ??= { ...source };
    if (safeKey !== key) delete changed[key];
    changed[safeKey] = cleaned;
  }
  return changed ?? object;
}

/** `exempt`: whatever the keys below say, nothing there is looked into. `root`: the first key on the way here. */
function cleanValue(
  value: unknown,
  traits: KeyTraits,
  exempt: boolean,
  root: string,
  depth: number,
  walk: Walk,
): unknown {
  if (typeof value === 'string') {
    return value === '' ? value : cleanText(value, exempt ? 'exempt' : traits.mode, traits.stack, walk);
  }
  if (value === null || typeof value !== 'object') return value;
  if (depth > maxDepth(root)) {
    walk.trimmed.push(`${pathOf(walk)}: deeper than ${LIMITS.depth} levels`);
    return Array.isArray(value) ? '[list]' : '[object]';
  }
  const below = exempt || traits.exempts;
  return Array.isArray(value)
    ? cleanList(value, traits, below, root, depth, walk)
    : cleanObject(value, below, root, depth, walk);
}

/** Frames sit five levels down in Sentry's payloads; their variables may go as deep as anything else. */
const maxDepth = (root: string): number =>
  root.startsWith('exception') || root.startsWith('threads') ? LIMITS.depth + 6 : LIMITS.depth + 1;

/**
 * A payload as it came over the wire, made fit to store in one walk: secrets scrubbed, strings and depth limited, NUL and
 * lone surrogates replaced. Each cut leaves a sentence in `trimmed`. Parts that need no change are shared with the input,
 * which is never modified.
 */
export function cleanPayload(payload: Record<string, unknown>, trimmed: string[]): Record<string, unknown> {
  const walk: Walk = { trimmed, replaced: false, keys: [] };
  const cleaned = cleanObject(payload, false, '', 0, walk) as Record<string, unknown>;
  if (walk.replaced) trimmed.push('event: NUL characters and lone surrogates were replaced by U+FFFD');
  return cleaned;
}
