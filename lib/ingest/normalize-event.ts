import { framesReference } from '../db/stored-stack';
import type { EventException, Level, NormalizedEvent } from './event-schema';
import { clip, clipFrames, clipList, cutText, instantText, LIMITS, normalizeTags, parseInstant } from './limits';
import { type SharedStack, sharedPlace } from './shared-stack';

/** What a protocol adapter makes of one report: cleaned (`clean-payload.ts`), its fields under our names, not yet limited. */
export interface EventDraft {
  protocol: NormalizedEvent['protocol'];
  /** 32 hex digits, dashes allowed; anything else is replaced. */
  id?: string;
  timestamp?: unknown;
  /** The same event sent again may come with another time: it was set right by the time of receipt, or told by another span. */
  timeCorrected?: boolean;
  platform?: string;
  level?: Level;
  service?: string;
  environment?: string;
  release?: string;
  dist?: string;
  server_name?: string;
  logger?: string;
  transaction?: string;
  message?: string;
  template?: string;
  exceptions: EventException[];
  tags?: unknown;
  user?: Record<string, unknown>;
  request?: Record<string, unknown>;
  contexts?: Record<string, unknown>;
  extra?: Record<string, unknown>;
  breadcrumbs?: NormalizedEvent['breadcrumbs'];
  threads?: NormalizedEvent['threads'];
  modules?: Record<string, string>;
  fingerprint?: string[];
  sdk?: NormalizedEvent['sdk'];
  debug_meta?: Record<string, unknown>;
  other?: Record<string, unknown>;
  trimmed: string[];
}

export interface NormalizedResult {
  event: NormalizedEvent;
  /** The sender chose the id, so the same event may come again. */
  idGiven: boolean;
  /** The sender said when it happened, and will say the same again; false when its clock was not believed. */
  timeGiven: boolean;
}

/** 32 lower-case hex digits, or null when the text is no event id. */
export function parseEventIdentifier(text: string): string | null {
  const hex = text.length === 36 ? text.replaceAll('-', '') : text;
  return /^[0-9a-fA-F]{32}$/.test(hex) ? hex.toLowerCase() : null;
}

function normalizeException(exception: EventException, field: string, trimmed: string[]): EventException {
  const out: EventException = { ...exception };
  if (out.type) out.type = clip(out.type, LIMITS.type, `${field}.type`, trimmed);
  if (out.value) out.value = clip(out.value, LIMITS.message, `${field}.value`, trimmed);
  if (out.frames) out.frames = clipFrames(out.frames, `${field}.frames`, trimmed);
  return out;
}

/** Moment of the event. A clock more than a minute ahead is not believed: the time of receipt stands in. */
function eventTime(input: unknown, receivedAt: Date, trimmed: string[]): { time: Date; given: boolean } {
  const told = input === undefined || input === null ? null : parseInstant(input);
  if (!told) return { time: receivedAt, given: false };
  if (told.getTime() - receivedAt.getTime() <= LIMITS.futureMs) return { time: told, given: true };
  trimmed.push(`timestamp: ${told.toISOString()} lies in the future; the time of receipt was taken`);
  return { time: receivedAt, given: false };
}

const nonEmpty = <T extends object>(value: T | undefined): T | undefined =>
  value && Object.keys(value).length > 0 ? value : undefined;

/**
 * The stored form of a draft: names trimmed and cut to their limits, defaults filled in, time settled.
 * `fallbackId`: 32 hex digits for a draft without an id of its own.
 */
export function normalizeEvent(draft: EventDraft, context: { receivedAt: Date; fallbackId: string }): NormalizedResult {
  const trimmed = draft.trimmed;
  const name = (value: string | undefined, max: number, field: string): string | undefined => {
    const text = value?.trim();
    return text ? clip(text, max, field, trimmed) : undefined;
  };
  const id = draft.id === undefined ? null : parseEventIdentifier(draft.id);
  const { time, given } = eventTime(draft.timestamp, context.receivedAt, trimmed);
  const exceptions = clipList(draft.exceptions, LIMITS.exceptions, 'exceptions', trimmed);
  const event: NormalizedEvent = {
    id: id ?? context.fallbackId,
    timestamp: instantText(time),
    received_at: instantText(context.receivedAt),
    protocol: draft.protocol,
    platform: name(draft.platform, LIMITS.environment, 'platform')?.toLowerCase() ?? 'other',
    level: draft.level ?? 'error',
    service: name(draft.service, LIMITS.name, 'service') ?? 'unknown',
    environment: name(draft.environment, LIMITS.environment, 'environment') ?? 'production',
    release: name(draft.release, LIMITS.release, 'release'),
    dist: name(draft.dist, LIMITS.environment, 'dist'),
    server_name: name(draft.server_name, LIMITS.serverName, 'server_name'),
    logger: name(draft.logger, LIMITS.logger, 'logger'),
    transaction: name(draft.transaction, LIMITS.name, 'transaction'),
    message: draft.message === undefined ? undefined : clip(draft.message, LIMITS.message, 'message', trimmed),
    template: draft.template === undefined ? undefined : cutText(draft.template, LIMITS.message),
    exceptions: exceptions.map((exception, at) => normalizeException(exception, `exceptions.${at}`, trimmed)),
    threads: draft.threads?.map((thread, at) => ({
      ...thread,
      frames: clipFrames(thread.frames, `threads.${at}.frames`, trimmed),
    })),
    breadcrumbs: draft.breadcrumbs && clipList(draft.breadcrumbs, LIMITS.breadcrumbs, 'breadcrumbs', trimmed),
    tags: draft.tags ? normalizeTags(draft.tags, trimmed) : [],
    user: nonEmpty(draft.user),
    request: nonEmpty(draft.request),
    contexts: nonEmpty(draft.contexts),
    extra: nonEmpty(draft.extra),
    modules: nonEmpty(draft.modules),
    fingerprint: draft.fingerprint?.slice(0, LIMITS.fingerprint).map((part) => cutText(part, LIMITS.string)),
    sdk: draft.sdk,
    debug_meta: nonEmpty(draft.debug_meta),
    other: nonEmpty(draft.other),
    trimmed,
  };
  return { event, idGiven: id !== null, timeGiven: given && !draft.timeCorrected };
}

/** Parts that may go when an event is too large as a whole, least telling first. */
const EXPENDABLE = [
  'debug_meta',
  'modules',
  'other',
  'extra',
  'contexts',
  'request',
  'threads',
  'breadcrumbs',
] as const;
const MAX_EVENT_TEXT = 1024 * 1024;

/** An event as JSON text in which shared stacks are named, and these. */
export interface StoredText {
  text: string;
  stacks: readonly SharedStack[];
}

function encodeException(exception: EventException, stacks: Set<SharedStack>): string {
  const { frames, ...rest } = exception;
  const shared = frames && sharedPlace(frames);
  if (!shared) return JSON.stringify(exception);
  stacks.add(shared.stack);
  const text = JSON.stringify(rest);
  const reference = framesReference(shared.stack.hash, shared.place);
  return `${text === '{}' ? '{' : `${text.slice(0, -1)},`}"frames":"${reference}"}`;
}

const NO_STACKS: readonly SharedStack[] = [];

function encode(event: NormalizedEvent): StoredText {
  if (!event.exceptions.some(({ frames }) => frames && sharedPlace(frames)))
    return { text: JSON.stringify(event), stacks: NO_STACKS };
  const stacks = new Set<SharedStack>();
  const text = JSON.stringify({ ...event, exceptions: undefined });
  const exceptions = event.exceptions.map((exception) => encodeException(exception, stacks));
  return { text: `${text.slice(0, -1)},"exceptions":[${exceptions.join(',')}]}`, stacks: [...stacks] };
}

/** Characters of the event as a whole. */
const sizeOf = ({ text, stacks }: StoredText): number => stacks.reduce((sum, { size }) => sum + size, text.length);

/** The event as it is stored, of at most about 1 MiB with its stacks: what is too much is dropped part by part and noted. */
export function encodeEvent(event: NormalizedEvent): StoredText {
  let stored = encode(event);
  for (const part of EXPENDABLE) {
    if (sizeOf(stored) <= MAX_EVENT_TEXT) break;
    if (event[part] === undefined) continue;
    event.trimmed.push(`${part}: dropped, the event was larger than ${MAX_EVENT_TEXT} characters`);
    event[part] = undefined;
    stored = encode(event);
  }
  return stored;
}
