import { cleanPayload } from '../clean-payload';
import type { Breadcrumb, Level, NormalizedEvent } from '../event-schema';
import { instantText, parseInstant } from '../limits';
import type { EventDraft } from '../normalize-event';
import { scrubText } from '../scrub';
import { isObject, parseLevel } from './report-fields';
import { readMessage } from './sentry-message';
import { readRequest, readUser } from './sentry-person';
import { readStacks } from './sentry-stacks';
import { sentryTime } from './sentry-time';
import { anyText, recordOf, textOf, valuesOf } from './sentry-values';

/** What is known of an event beside its payload. */
export interface SentryContext {
  /** Slug of the project: the service of events that name none. */
  slug: string;
  /** Address of the client. */
  address: string | undefined;
  receivedAt: Date;
  /** Of the envelope's header, which is believed before the payload. */
  eventId?: unknown;
  sentAt?: unknown;
}

/** Names from before 2015. */
const ALIASES: Record<string, string> = {
  'sentry.interfaces.Message': 'logentry',
  'sentry.interfaces.Exception': 'exception',
  'sentry.interfaces.Stacktrace': 'stacktrace',
  'sentry.interfaces.Http': 'request',
  'sentry.interfaces.User': 'user',
  'sentry.interfaces.Breadcrumbs': 'breadcrumbs',
  'sentry.interfaces.Contexts': 'contexts',
  'sentry.interfaces.Template': 'template',
  culprit: 'transaction',
};

/** What has a place of its own in the event, or is of no use to it. All else is kept under `other`. */
const KNOWN = new Set(
  `event_id timestamp platform level logger server_name release dist environment transaction message logentry exception
  threads stacktrace breadcrumbs tags extra contexts modules user request fingerprint sdk errors _meta debug_meta type
  checksum culprit site time_spent received version project key_id spans start_timestamp transaction_info measurements
  sentry.interfaces.Message sentry.interfaces.Exception sentry.interfaces.Stacktrace sentry.interfaces.Http
  sentry.interfaces.User sentry.interfaces.Breadcrumbs sentry.interfaces.Contexts`.split(/\s+/),
);

const OLD_NAMES = Object.keys(ALIASES);

/** The payload itself when it has no old names. */
function withCurrentNames(payload: Record<string, unknown>): Record<string, unknown> {
  if (!OLD_NAMES.some((old) => Object.hasOwn(payload, old))) return payload;
  const renamed: Record<string, unknown> = { ...payload };
  for (const [old, name] of Object.entries(ALIASES)) {
    if (!Object.hasOwn(renamed, old)) continue;
    renamed[name] ??= renamed[old];
    delete renamed[old];
  }
  return renamed;
}

/** Most events have none, and copying them all the same costs as much as a few breadcrumbs. */
function withoutRemarks(payload: Record<string, unknown>): { remarks: unknown; told: Record<string, unknown> } {
  if (!Object.hasOwn(payload, '_meta')) return { remarks: undefined, told: payload };
  const { _meta: remarks, ...told } = payload;
  return { remarks, told };
}

const NUMBERED_LEVELS: Record<number, Level> = { 10: 'debug', 20: 'info', 30: 'warning', 40: 'error', 50: 'fatal' };

function readLevel(level: unknown): Level {
  const number = typeof level === 'object' ? Number.NaN : Number(level);
  if (Object.hasOwn(NUMBERED_LEVELS, number)) return NUMBERED_LEVELS[number]!;
  return (typeof level === 'string' ? parseLevel(level) : null) ?? 'error';
}

function readBreadcrumb(crumb: Record<string, unknown>): Breadcrumb {
  const time = parseInstant(crumb.timestamp);
  return {
    timestamp: time ? instantText(time) : undefined,
    type: textOf(crumb.type),
    category: textOf(crumb.category),
    level: textOf(crumb.level),
    message: anyText(crumb.message),
    data: recordOf(crumb.data, 'value'),
  };
}

const isText = (value: unknown): boolean => typeof value === 'string' && textOf(value) === value;

function readModules(modules: unknown): Record<string, string> | undefined {
  if (!isObject(modules)) return undefined;
  if (Object.values(modules).every(isText)) return modules as Record<string, string>;
  return Object.fromEntries(Object.entries(modules).map(([name, version]) => [name, textOf(version) ?? '']));
}

function readSdk(sdk: unknown): NormalizedEvent['sdk'] {
  return isObject(sdk) ? { name: textOf(sdk.name), version: textOf(sdk.version) } : undefined;
}

/** Taken from what was sent: a two-part fingerprint looks like a named secret to the cleaning. */
function readFingerprint({ fingerprint, checksum }: Record<string, unknown>): string[] | undefined {
  const parts = (Array.isArray(fingerprint) ? fingerprint : [fingerprint]).flatMap((part) => anyText(part) ?? []);
  const own = parts.length > 0 ? parts : [textOf(checksum) ?? []].flat();
  return own.length > 0 ? own.map((part) => scrubText(part.slice(0, 16_384), 'text')) : undefined;
}

function findTag(tags: unknown, key: string): string | undefined {
  if (isObject(tags)) return Object.hasOwn(tags, key) ? textOf(tags[key]) : undefined;
  if (!Array.isArray(tags)) return undefined;
  for (const tag of tags) {
    if (Array.isArray(tag) && tag[0] === key) return textOf(tag[1]);
    if (isObject(tag) && (tag.key === key || key in tag)) return textOf(tag.key === key ? tag.value : tag[key]);
  }
  return undefined;
}

function appName(contexts: unknown): string | undefined {
  const app = isObject(contexts) ? contexts.app : undefined;
  return isObject(app) ? textOf(app.app_name) : undefined;
}

/**
 * An event of any Sentry SDK. Nothing is refused: what has the wrong type is turned into the right one or left out.
 * `raw` is the whole payload, cleaned.
 */
export function readSentryEvent(
  sent: Record<string, unknown>,
  context: SentryContext,
): { draft: EventDraft; raw: Record<string, unknown> } {
  const trimmed: string[] = [];
  const named = withCurrentNames(sent);
  // What the SDK itself cut stands in `_meta`, deep and long; nobody misses what is cut of that.
  const { remarks, told } = withoutRemarks(named);
  const payload = cleanPayload(told, trimmed);
  const platform = textOf(payload.platform)?.trim().toLowerCase() ?? 'other';
  const other: Record<string, unknown> = {};
  for (const key in payload) if (!KNOWN.has(key) && payload[key] !== null) other[key] = payload[key];
  const { time, corrected } = sentryTime(payload.timestamp, context, trimmed);
  const crumbs = valuesOf(payload.breadcrumbs).map(readBreadcrumb);
  const draft: EventDraft = {
    protocol: 'sentry',
    id: textOf(context.eventId) ?? textOf(payload.event_id),
    timestamp: time,
    timeCorrected: corrected,
    platform,
    level: readLevel(payload.level),
    service: findTag(payload.tags, 'service') ?? appName(payload.contexts) ?? context.slug,
    environment: textOf(payload.environment) ?? findTag(payload.tags, 'environment'),
    release: textOf(payload.release),
    dist: textOf(payload.dist),
    server_name: textOf(payload.server_name),
    logger: textOf(payload.logger),
    transaction: textOf(payload.transaction),
    ...readMessage(payload.logentry, payload.message),
    ...readStacks(payload, platform),
    breadcrumbs: crumbs.length > 0 ? crumbs : undefined,
    tags: payload.tags ?? undefined,
    user: readUser(payload.user, { sdk: payload.sdk, request: payload.request, address: context.address }),
    request: readRequest(payload.request),
    contexts: isObject(payload.contexts) ? payload.contexts : undefined,
    extra: recordOf(payload.extra, 'extra'),
    modules: readModules(payload.modules),
    fingerprint: readFingerprint(named),
    sdk: readSdk(payload.sdk),
    debug_meta: isObject(payload.debug_meta) ? payload.debug_meta : undefined,
    other,
    trimmed,
  };
  return { draft, raw: isObject(remarks) ? { ...payload, _meta: cleanPayload(remarks, []) } : payload };
}
