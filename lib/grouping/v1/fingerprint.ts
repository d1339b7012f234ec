import type { NormalizedEvent } from '@/lib/ingest/event-schema';
import type { GroupingPart } from '../grouping-schema';

/** The client's own fingerprint: fixed strings, variables, and the default grouping spliced in. */

const MAX_ENTRY = 512;
const VARIABLE = /\{\{\s{0,8}([\w.-]{1,200})\s{0,8}\}\}/g;
const isDefault = (entry: string) => /^\{\{\s{0,8}default\s{0,8}\}\}$/.test(entry.trim());

type Lookup = (event: NormalizedEvent) => string | undefined;

const topFrame = (event: NormalizedEvent) =>
  event.exceptions.at(-1)?.frames?.findLast((frame) => frame.in_app !== false);

const VARIABLES: Readonly<Record<string, Lookup>> = {
  transaction: (event) => event.transaction,
  message: (event) => event.message ?? event.exceptions.at(-1)?.value,
  type: (event) => event.exceptions.at(-1)?.type,
  'error.type': (event) => event.exceptions.at(-1)?.type,
  value: (event) => event.exceptions.at(-1)?.value,
  'error.value': (event) => event.exceptions.at(-1)?.value,
  function: (event) => topFrame(event)?.function,
  'stack.function': (event) => topFrame(event)?.function,
  path: (event) => topFrame(event)?.abs_path ?? topFrame(event)?.filename,
  'stack.abs_path': (event) => topFrame(event)?.abs_path ?? topFrame(event)?.filename,
  'stack.filename': (event) => topFrame(event)?.filename,
  module: (event) => topFrame(event)?.module,
  'stack.module': (event) => topFrame(event)?.module,
  package: (event) => topFrame(event)?.package,
  'stack.package': (event) => topFrame(event)?.package,
  level: (event) => event.level,
  logger: (event) => event.logger,
  environment: (event) => event.environment,
  release: (event) => event.release,
  service: (event) => event.service,
};

/** The text with its variables filled in; one that has no value says so. */
export function fillVariables(entry: string, event: NormalizedEvent): string {
  return entry.slice(0, MAX_ENTRY).replace(VARIABLE, (whole, name: string) => {
    if (name.startsWith('tags.')) return event.tags.find(([key]) => key === name.slice(5))?.[1] ?? `<no-${name}>`;
    const lookup = Object.hasOwn(VARIABLES, name) ? VARIABLES[name] : undefined;
    return lookup ? lookup(event) || `<no-${name}>` : whole;
  });
}

/** @returns the parts to hash, or null where the client leaves grouping to us. */
export function clientFingerprint(event: NormalizedEvent, defaults: () => GroupingPart[]): GroupingPart[] | null {
  const entries = event.fingerprint ?? [];
  if (entries.length === 0 || entries.every(isDefault)) return null;
  return entries.flatMap((entry): GroupingPart[] => {
    if (isDefault(entry)) return defaults();
    const value = fillVariables(entry, event);
    return [value === entry ? { kind: 'fingerprint', value } : { kind: 'fingerprint', value, raw: entry }];
  });
}
