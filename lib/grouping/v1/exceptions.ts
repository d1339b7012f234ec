import type { EventException, Frame } from '@/lib/ingest/event-schema';
import { type Culprit, findCulprit, frameKeys, standing } from './frames';

/** One exception as grouping sees it. */
export interface ExceptionPart {
  exception: EventException;
  /** Simple name; empty for synthetic ones. */
  type: string;
  culprit: Culprit | null;
  /** Neither type nor stack tells one cause from another, so the message must. */
  vague: boolean;
}

/**
 * What Go's `errors`, `fmt` and `pkg/errors` make of any text. Their SDK takes the stack where the error is reported, not
 * where it was made, so one handler reports all of them from one line.
 */
const GO_PLAIN_ERRORS = new Set([
  'errorString',
  'wrapError',
  'wrapErrors',
  'joinError',
  'fundamental',
  'withStack',
  'withMessage',
]);

const MAX_TYPE = 256;

function simpleName(type: string): string {
  const bounded = type.slice(-MAX_TYPE);
  return bounded.slice(bounded.lastIndexOf('.') + 1);
}

interface Stack {
  culprit: Culprit | null;
  /** See `standing`. */
  stands: number;
}
interface Candidate extends ExceptionPart, Stack {}

/** Frames that are frozen are shared by the events of one stack, and say the same each time. */
const known = new WeakMap<readonly Frame[], Stack & { platform: string; type: string }>();

function readStack(frames: readonly Frame[], platform: string, type: string): Stack {
  const before = known.get(frames);
  if (before && before.platform === platform && before.type === type) return before;
  const keys = frameKeys(frames, platform);
  const stack = { platform, type, culprit: findCulprit(keys, type), stands: standing(keys) };
  if (Object.isFrozen(frames)) known.set(frames, stack);
  return stack;
}

function candidate(exception: EventException, platform: string): Candidate {
  const type = exception.mechanism?.synthetic ? '' : simpleName(exception.type ?? '');
  const { culprit, stands } = readStack(exception.frames ?? [], platform, type);
  const vague = platform === 'go' && GO_PLAIN_ERRORS.has(type);
  return { exception, type, vague, culprit, stands };
}

/**
 * Leaves of an exception group (`AggregateError`, `ExceptionGroup`); null for a list that is none, or whose ids do not
 * make one tree.
 */
function groupLeaves(exceptions: readonly EventException[]): EventException[] | null {
  const byId = new Map<number, EventException>();
  for (const exception of exceptions) {
    const id = exception.mechanism?.exception_id;
    if (id === undefined || byId.has(id)) return null;
    byId.set(id, exception);
  }
  const groups = new Set<number>();
  let roots = 0;
  for (const { mechanism } of exceptions) {
    if (mechanism?.is_exception_group) groups.add(mechanism.exception_id!);
    if (mechanism?.parent_id === undefined) roots++;
    else if (!byId.has(mechanism.parent_id) || mechanism.parent_id === mechanism.exception_id) return null;
  }
  if (groups.size === 0 || roots !== 1) return null;
  return exceptions.filter(
    ({ mechanism }) => !groups.has(mechanism!.exception_id!) && groups.has(mechanism?.parent_id ?? -1),
  );
}

const sameKey = ({ type, culprit, exception }: ExceptionPart) =>
  [type, ...(culprit?.frames.map(({ place, name }) => `${place} ${name}`) ?? [exception.value ?? ''])].join('\n');

/**
 * The exceptions that count. Of a chain the one that was raised and the first cause: what lies between only passed it
 * on. The one whose stack says less gives way. Of a group its distinct leaves, and the group
 * itself where there are several.
 * @param exceptions oldest cause first. @returns the one that names the issue first.
 */
export function contributingExceptions(exceptions: readonly EventException[], platform: string): ExceptionPart[] {
  const last = exceptions.at(-1);
  if (!last) return [];
  const leaves = groupLeaves(exceptions);
  if (leaves && leaves.length > 0) {
    const distinct = new Map(leaves.map((leaf) => candidate(leaf, platform)).map((part) => [sameKey(part), part]));
    const sorted = [...distinct.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
    const root = exceptions.find(({ mechanism }) => mechanism?.parent_id === undefined) ?? last;
    return sorted.length === 1 ? sorted : [candidate(root, platform), ...sorted];
  }
  const raised = candidate(last, platform);
  if (exceptions.length === 1) return [raised];
  const chain = exceptions.filter(({ mechanism }) => mechanism?.source !== 'suppressed');
  const first = chain[0] === last || !chain[0] ? undefined : candidate(chain[0], platform);
  if (!first) return [raised];
  if (raised.stands === first.stands) return raised.stands === 0 ? [raised] : [raised, first];
  return raised.stands > first.stands ? [raised] : [first];
}
