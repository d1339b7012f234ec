import type { NormalizedEvent } from '../ingest/event-schema';
import type { OwnershipRule } from '../projects/project-settings';
import { matchesPattern } from '../projects/text-pattern';

/** What a rule looks at. */
export type OwnedEvent = Pick<NormalizedEvent, 'service' | 'tags' | 'exceptions'>;

/** Paths of the frames of the project's own code; of all frames where none is known to be. */
function pathsOf({ exceptions }: OwnedEvent): string[] {
  const frames = exceptions.flatMap((exception) => exception.frames ?? []);
  const own = frames.filter((frame) => frame.in_app);
  const paths = (own.length > 0 ? own : frames).flatMap(({ filename, abs_path }) => [filename ?? '', abs_path ?? '']);
  return [...new Set(paths.map((path) => path.replaceAll('\\', '/')).filter(Boolean))];
}

const isAt = (pattern: string, path: string): boolean =>
  matchesPattern(pattern, path) || matchesPattern(`*/${pattern}`, path);

/** The rules that fit an event, in their order. */
export function fittingRules(rules: readonly OwnershipRule[], event: OwnedEvent): OwnershipRule[] {
  const paths = pathsOf(event);
  const tags = event.tags.map(([key, value]) => `${key}:${value}`);
  return rules.filter(
    ({ matcher: { path, service, tag } }) =>
      (path === undefined || paths.some((each) => isAt(path, each))) &&
      (service === undefined || matchesPattern(service, event.service)) &&
      (tag === undefined || tags.some((each) => matchesPattern(tag, each))),
  );
}

/** `path src/billing/* and service api`: what a turning point calls the rule. */
export const ruleName = ({ matcher }: OwnershipRule): string =>
  (['path', 'service', 'tag'] as const)
    .filter((what) => matcher[what] !== undefined)
    .map((what) => `${what} ${matcher[what]}`)
    .join(' and ');
