import type { EventException, Frame } from '@/lib/ingest/event-schema';
import type { EventDetail } from '@/lib/issues/issue-schema';

/** What a stored event says, flat enough to be compared and read. */
export interface Facts {
  title: string;
  level: string;
  /** `Type: value`, oldest cause first. */
  exceptions: string[];
  /** Function of the innermost frame of the team's own code, of the exception that was raised, or of the current thread. */
  throwing: string | null;
  /** Whether the program caught it; null when the SDK does not say. */
  handled: boolean | null;
  logger: string | null;
  message: string | null;
  transaction: string | null;
  tags: Record<string, string>;
  user: Record<string, unknown>;
  request: Record<string, unknown>;
  breadcrumbs: string[];
}

const withFrames = (exception: EventException): boolean => (exception.frames ?? []).length > 0;

function throwingFrame({ exceptions, threads = [] }: EventDetail): Frame | undefined {
  const frames = exceptions.findLast(withFrames)?.frames ?? threads.find(({ current }) => current)?.frames ?? [];
  return frames.findLast((frame) => frame.in_app);
}

export function factsOf(event: EventDetail): Facts {
  return {
    title: event.title,
    level: event.level,
    exceptions: event.exceptions.map(({ type, value }) => `${type}: ${value}`),
    throwing: throwingFrame(event)?.function ?? null,
    handled: event.exceptions.at(-1)?.mechanism?.handled ?? null,
    logger: event.logger ?? null,
    message: event.message ?? null,
    transaction: event.transaction ?? null,
    tags: Object.fromEntries(event.tags),
    user: event.user ?? {},
    request: event.request ?? {},
    breadcrumbs: (event.breadcrumbs ?? []).flatMap(({ message }) => message ?? []),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where `found` is not as `expected`, one sentence each. Of objects only the keys that are expected are looked at. */
export function differences(found: unknown, expected: unknown, path = ''): string[] {
  if (isRecord(expected) && isRecord(found)) {
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(found[key], value, path === '' ? key : `${path}.${key}`),
    );
  }
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)];
  return is === should ? [] : [`${path} is ${is}, expected ${should}`];
}
