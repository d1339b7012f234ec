import type { InboundFilter } from '../projects/project-settings';
import { matchesPattern } from '../projects/text-pattern';
import type { NormalizedEvent } from './event-schema';

const EXTENSION_PLACES = [
  'chrome-extension://',
  'moz-extension://',
  'safari-extension://',
  'safari-web-extension://',
  'webkit-masked-url://',
  'chrome://',
  'resource://',
];
/** Errors that only extensions and programs around the browser raise. */
const EXTENSION_MESSAGES = [
  'extension context invalidated',
  'message channel closed before a response was received',
  'could not establish connection. receiving end does not exist',
  'top.globals',
  "can't find variable: ziteping",
];
const HEALTH_PATHS =
  /(?:^|\/)(?:health|healthz|healthcheck|health-check|livez|readyz|ready|live|ping|status\/live)\/?$/i;
const MONITORS = [
  'kube-probe',
  'elb-healthchecker',
  'googlehc',
  'uptimerobot',
  'pingdom',
  'statuscake',
  'better uptime',
];

function textsOf({ message, exceptions }: NormalizedEvent): string[] {
  const raised = exceptions.flatMap(({ type, value }) => [`${type ?? ''}: ${value ?? ''}`, value ?? '']);
  return [message ?? '', ...raised].filter((text) => text !== '' && text !== ': ');
}

function isOfExtension(event: NormalizedEvent): boolean {
  const places = event.exceptions.flatMap(({ frames = [] }) =>
    frames.slice(-5).flatMap(({ filename, abs_path }) => [filename ?? '', abs_path ?? '']),
  );
  return (
    places.some((place) => EXTENSION_PLACES.some((prefix) => place.startsWith(prefix))) ||
    textsOf(event).some((text) => EXTENSION_MESSAGES.some((known) => matchesPattern(known, text, true)))
  );
}

/** The path of the request, else of the transaction (`GET /healthz`). */
function pathOf({ request, transaction }: NormalizedEvent): string {
  const url = typeof request?.url === 'string' ? request.url.slice(0, 2000) : (transaction ?? '');
  const path = url.replace(/^[A-Z]{3,7} /, '').replace(/[?#].*$/s, '');
  return path.replace(/^https?:\/\/[^/]{1,255}/, '');
}

function isHealthCheck(event: NormalizedEvent): boolean {
  const headers = event.request?.headers;
  const pairs = Array.isArray(headers) ? headers : Object.entries(headers ?? {});
  const agent = pairs.find((pair) => Array.isArray(pair) && String(pair[0]).toLowerCase() === 'user-agent')?.[1];
  const name = typeof agent === 'string' ? agent.slice(0, 500).toLowerCase() : '';
  return HEALTH_PATHS.test(pathOf(event)) || MONITORS.some((monitor) => name.includes(monitor));
}

function matches(filter: InboundFilter, event: NormalizedEvent): boolean {
  switch (filter.kind) {
    case 'message':
      return textsOf(event).some((text) => matchesPattern(filter.pattern, text, true));
    case 'release':
      return event.release !== undefined && matchesPattern(filter.pattern, event.release);
    case 'environment':
      return matchesPattern(filter.pattern, event.environment);
    case 'browser_extensions':
      return isOfExtension(event);
    case 'health_checks':
      return isHealthCheck(event);
  }
}

/** The first of the project's filters that drops the event; undefined when none does. */
export const findFilter = (filters: readonly InboundFilter[], event: NormalizedEvent): InboundFilter | undefined =>
  filters.find((filter) => matches(filter, event));

/** Whether one of the project's filters drops the event. */
export const isFiltered = (filters: readonly InboundFilter[], event: NormalizedEvent): boolean =>
  findFilter(filters, event) !== undefined;
