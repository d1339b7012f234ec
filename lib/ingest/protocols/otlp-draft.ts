/** An error of OpenTelemetry as an event. The names of attributes are those of its semantic conventions, old ones too. Pure. */
import { cleanPayload } from '../clean-payload';
import { cutMiddle, LIMITS } from '../limits';
import type { EventDraft } from '../normalize-event';
import { isException } from './otlp-errors';
import type { OtlpReport } from './otlp-identity';
import type { SpanNode } from './otlp-spans';
import { type Attributes, instantOf, textOf } from './otlp-values';
import { isObject } from './report-fields';
import { readReportedStack } from './reported-stack';

/** `telemetry.sdk.language` as platforms; languages that are missing have the same name. */
const PLATFORMS: Record<string, string> = {
  nodejs: 'node',
  webjs: 'javascript',
  dotnet: 'csharp',
  cpp: 'native',
  swift: 'cocoa',
};

/** Attributes that are taken out when they are read. */
class Taken {
  readonly #left: Map<string, unknown>;

  constructor(attributes: Attributes) {
    this.#left = new Map(Object.entries(attributes));
  }

  /** Text of the first that there is. All of them go. */
  text(...names: string[]): string | undefined {
    let found: string | undefined;
    for (const name of names) {
      found ??= textOf(this.#left.get(name));
      this.#left.delete(name);
    }
    return found;
  }

  /** Those whose names begin so, without it. */
  under(prefix: string): Attributes | undefined {
    const found: [string, unknown][] = [];
    for (const [name, value] of this.#left) {
      if (!name.startsWith(prefix)) continue;
      found.push([name.slice(prefix.length), Array.isArray(value) ? value.join(', ') : value]);
      this.#left.delete(name);
    }
    return found.length > 0 ? Object.fromEntries(found) : undefined;
  }

  rest(): Attributes {
    return Object.fromEntries(this.#left);
  }
}

/** Without the keys that hold nothing; undefined when none is left. */
function filled(record: Record<string, unknown>): Record<string, unknown> | undefined {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

const takeUser = (taken: Taken): Record<string, unknown> | undefined =>
  filled({
    id: taken.text('user.id', 'enduser.id'),
    email: taken.text('user.email'),
    username: taken.text('user.name', 'user.full_name'),
  });

function takeResponse(taken: Taken): Record<string, unknown> | undefined {
  const status = taken.text('http.response.status_code', 'http.status_code');
  return status ? { status_code: Number(status) || status } : undefined;
}

function takeRequest(taken: Taken): Record<string, unknown> | undefined {
  const method = taken.text('http.request.method', 'http.method');
  const full = taken.text('url.full', 'http.url');
  const path = taken.text('url.path', 'http.target');
  const query = taken.text('url.query');
  const agent = taken.text('user_agent.original', 'http.user_agent');
  const address = full ?? path ?? '';
  const mark = address.includes('?') ? address.indexOf('?') : address.length;
  const headers = { ...taken.under('http.request.header.'), ...(agent ? { 'user-agent': agent } : {}) };
  return filled({
    method,
    url: address.slice(0, mark) || undefined,
    query_string: query ?? (address.slice(mark + 1) || undefined),
    headers: filled(headers),
  });
}

/** The text of a body, or the field of a structured one that is its message; without one all of it as JSON. */
function messageOf(body: unknown): string | undefined {
  if (!isObject(body)) return Array.isArray(body) ? JSON.stringify(body) : textOf(body);
  for (const name of ['message', 'msg', 'error', 'err', 'text', 'event']) {
    const text = Object.hasOwn(body, name) ? textOf(body[name]) : undefined;
    if (text) return text;
  }
  return Object.keys(body).length > 0 ? JSON.stringify(body) : undefined;
}

/** `POST /pay` from what is known of a request; the name of its span where that says more. */
function transactionOf(attributes: Attributes, entry: SpanNode | undefined): string | undefined {
  const known = entry?.attributes ?? attributes;
  const route = textOf(known['http.route']);
  const method = textOf(known['http.request.method'] ?? known['http.method']);
  if (route) return method ? `${method} ${route}` : route;
  return entry?.name || undefined;
}

/** Short enough, and single: what can be filtered by. Everything else stands in the context. */
const tagsOf = (attributes: Attributes): [string, string][] =>
  Object.entries(attributes).flatMap(([name, value]): [string, string][] => {
    const text = name.length <= LIMITS.tagKey ? textOf(value) : undefined;
    return text && text.length <= LIMITS.tagValue ? [[name, text]] : [];
  });

const knownService = (name: string | undefined): string | undefined =>
  name && !/^unknown_service(?::|$)/.test(name) ? name : undefined;

function firstOf(attributes: Attributes, ...names: string[]): string | undefined {
  for (const name of names) {
    const text = Object.hasOwn(attributes, name) ? textOf(attributes[name]) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/** SDKs make up an instance id at every start; one that somebody chose (`pod-7`) names a server, that one names nothing. */
const namedInstance = (id: string | undefined): string | undefined => (id && UUID.test(id.trim()) ? undefined : id);

function platformOf(language: string | undefined): string | undefined {
  const name = language?.toLowerCase();
  return name && Object.hasOwn(PLATFORMS, name) ? PLATFORMS[name] : name;
}

/** What is known of an error under our names, as it was sent. */
function payloadOf({ error, entry }: OtlpReport): Record<string, unknown> {
  const outer = entry?.attributes ?? {};
  // Where a span stands for the request, what inner spans say of requests is about those they made themselves.
  const isServed = entry?.isEntry === true;
  const inner = Object.entries(error.attributes).filter(([name, value]) => !isServed || outer[name] !== value);
  const own = Object.fromEntries(inner);
  const taken = new Taken(isServed ? outer : own);
  const apart = new Taken(isServed ? own : {});
  const message = messageOf(error.body);
  return {
    type: error.type,
    value: error.message,
    stack_trace: error.stack,
    message: isException(error) ? (message === error.message ? undefined : message) : (message ?? error.eventName),
    template: textOf(error.attributes['{OriginalFormat}']),
    body: error.body !== null && typeof error.body === 'object' ? error.body : undefined,
    event_name: error.eventName,
    transaction: transactionOf(error.attributes, entry),
    request: takeRequest(taken),
    response: takeResponse(taken),
    user: takeUser(taken) ?? takeUser(apart),
    attributes: { ...taken.rest(), ...apart.rest() },
    resource: error.origin.resource,
    scope: filled(error.origin.scope),
    span: error.span?.name ? { name: error.span.name } : undefined,
  };
}

/**
 * The event of a report. `slug`: of the project, the service where none is named. `raw` is what was sent under our names,
 * cleaned.
 */
export function otlpDraft(report: OtlpReport, slug: string): { draft: EventDraft; raw: Record<string, unknown> } {
  const { error } = report;
  const trimmed: string[] = [];
  const payload = cleanPayload(payloadOf(report), trimmed);
  const field = (name: string): string | undefined => textOf(payload[name]);
  const record = (name: string): Attributes => (isObject(payload[name]) ? payload[name] : {});
  const [attributes, resource] = [record('attributes'), record('resource')];

  const language = platformOf(firstOf(resource, 'telemetry.sdk.language'));
  const stack = field('stack_trace');
  const { platform, exceptions } = isException(error)
    ? readReportedStack({ type: field('type'), value: field('value'), stack, language })
    : { platform: language, exceptions: [] };
  const main = exceptions.at(-1);
  if (main && error.escaped) main.mechanism = { type: 'generic', ...main.mechanism, handled: false };
  const named = { 'service.namespace': resource['service.namespace'], 'event.name': field('event_name') };

  const draft: EventDraft = {
    protocol: 'otlp',
    id: report.id,
    timestamp: instantOf(error.time),
    timeCorrected: report.isTraced,
    platform,
    level: error.level,
    service: knownService(firstOf(resource, 'service.name')) ?? slug,
    environment: firstOf(resource, 'deployment.environment.name', 'deployment.environment'),
    release: firstOf(resource, 'service.version'),
    server_name: firstOf(resource, 'host.name') ?? namedInstance(firstOf(resource, 'service.instance.id')),
    logger: textOf(record('scope').name),
    transaction: field('transaction'),
    message: field('message'),
    template: field('template'),
    exceptions,
    tags: [...tagsOf(named), ...tagsOf(attributes)].slice(0, LIMITS.tags),
    user: filled(record('user')),
    request: filled(record('request')),
    contexts: filled({
      trace: filled({ trace_id: error.traceId, span_id: error.spanId, parent_span_id: error.parentSpanId }),
      response: filled(record('response')),
      otel: filled({
        attributes: filled(attributes),
        resource: filled(resource),
        scope: filled(record('scope')),
        span: filled(record('span')),
      }),
    }),
    extra: payload.body === undefined ? undefined : { body: payload.body },
    sdk: filled({
      name: firstOf(resource, 'telemetry.sdk.name'),
      version: firstOf(resource, 'telemetry.sdk.version'),
    }),
    trimmed,
  };
  const isLong = stack !== undefined && stack.length > LIMITS.keptStackText;
  return { draft, raw: isLong ? { ...payload, stack_trace: cutMiddle(stack, LIMITS.keptStackText) } : payload };
}
