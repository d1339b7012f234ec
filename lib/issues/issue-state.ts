import { z } from 'zod';
import { DAY_MS } from '../time';
import { compareReleases } from './release-order';

export const ISSUE_STATUSES = ['new', 'ongoing', 'escalating', 'resolved', 'regressed', 'muted'] as const;
export const issueStatusSchema = z.enum(ISSUE_STATUSES);
export type IssueStatus = z.infer<typeof issueStatusSchema>;

export const RESOLVE_MODES = ['now', 'release', 'next_release'] as const;
export type ResolveMode = (typeof RESOLVE_MODES)[number];

/** How long an issue stays muted. `from_count` is the issue's event count when it was muted. */
export const muteRuleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('forever') }),
  z.object({ kind: z.literal('until_time'), until: z.iso.datetime() }),
  z.object({
    kind: z.literal('until_count'),
    count: z.number().int().min(1).max(1e9),
    from_count: z.number().int().optional(),
  }),
  z.object({
    kind: z.literal('until_rate'),
    count: z.number().int().min(1).max(1e9),
    minutes: z.number().int().min(1).max(43_200),
  }),
  z.object({ kind: z.literal('until_escalating') }),
]);
export type MuteRule = z.infer<typeof muteRuleSchema>;

export interface IssueState {
  status: IssueStatus;
  firstSeen: Date;
  statusChangedAt: Date;
  resolvedAt: Date | null;
  resolvedMode: ResolveMode | null;
  resolvedRelease: string | null;
  muteRule: MuteRule | null;
  eventCount: number;
}

/** What an undo puts back; JSON, kept in the turning point of the change as `previous`. */
export const stateSnapshotSchema = z.object({
  status: issueStatusSchema,
  statusChangedAt: z.iso.datetime(),
  resolvedAt: z.iso.datetime().nullable(),
  resolvedMode: z.enum(RESOLVE_MODES).nullable(),
  resolvedRelease: z.string().nullable(),
  muteRule: muteRuleSchema.nullable(),
});
export type StateSnapshot = z.infer<typeof stateSnapshotSchema>;

export type IssueStateEvent =
  /**
   * `count` events, the latest at `time`. `eventsInWindow`: how many came within the window of an `until_rate` mute, these
   * included. `olderRelease`: where the names of the releases have no order, whether this one was seen before the
   * resolving one.
   */
  | {
      type: 'occurrence';
      time: Date;
      release: string | null;
      count: number;
      eventsInWindow?: number;
      olderRelease?: boolean;
    }
  | { type: 'resolve'; mode: ResolveMode; release?: string | null }
  | { type: 'reopen' }
  | { type: 'mute'; rule: MuteRule }
  | { type: 'unmute' }
  | { type: 'tick' }
  | { type: 'escalate' }
  | { type: 'deescalate' }
  /** Takes back the change made at `changedAt`, when nothing has changed the state since. */
  | { type: 'undo'; previous: StateSnapshot; changedAt: Date };

export interface StateTurningPoint {
  kind: string;
  data: Record<string, unknown>;
}

export type Transition = { state: IssueState; turningPoints: StateTurningPoint[] } | { refused: string };

/** How long an issue counts as new. */
export const NEW_MS = 7 * DAY_MS;

/** Clients that send whole seconds seem to report from up to a second before. */
const CLOCK_GRAIN_MS = 1000;

export const isOpen = (status: IssueStatus): boolean => status !== 'resolved' && status !== 'muted';

/** The state of an issue after `event`, and the lines its history gets; or why that is not possible. */
export function nextIssueState(state: IssueState, event: IssueStateEvent, now: Date): Transition {
  switch (event.type) {
    case 'occurrence':
      return onOccurrence(state, event, now);
    case 'resolve':
      return resolve(state, event.mode, event.release ?? null, now);
    case 'reopen':
      if (state.status !== 'resolved') return { refused: 'Only a resolved issue can be reopened.' };
      return change(state, openStatus(state, now), now, 'reopened');
    case 'mute':
      return mute(state, event.rule, now);
    case 'unmute':
      if (state.status !== 'muted') return { refused: 'Only a muted issue can be unmuted.' };
      return change(state, openStatus(state, now), now, 'unmuted');
    case 'tick':
      return onTick(state, now);
    case 'escalate':
      return escalate(state, now);
    case 'deescalate':
      if (state.status !== 'escalating') return { refused: 'The issue is not escalating.' };
      return change(state, 'ongoing', now, 'ongoing');
    case 'undo':
      return undo(state, event.previous, event.changedAt, now);
  }
}

export const snapshotOf = (state: IssueState): StateSnapshot => ({
  status: state.status,
  statusChangedAt: state.statusChangedAt.toISOString(),
  resolvedAt: state.resolvedAt?.toISOString() ?? null,
  resolvedMode: state.resolvedMode,
  resolvedRelease: state.resolvedRelease,
  muteRule: state.muteRule,
});

function change(
  state: IssueState,
  status: IssueStatus,
  now: Date,
  kind: string,
  data: Record<string, unknown> = {},
  fields: Partial<IssueState> = {},
): { state: IssueState; turningPoints: StateTurningPoint[] } {
  return {
    state: {
      ...state,
      resolvedAt: null,
      resolvedMode: null,
      resolvedRelease: null,
      muteRule: null,
      ...fields,
      status,
      statusChangedAt: now,
    },
    turningPoints: [{ kind, data: { ...data, previous: snapshotOf(state) } }],
  };
}

const unchanged = (state: IssueState): Transition => ({ state, turningPoints: [] });

const openStatus = (state: IssueState, now: Date): IssueStatus =>
  now.getTime() - state.firstSeen.getTime() < NEW_MS ? 'new' : 'ongoing';

type Occurrence = Extract<IssueStateEvent, { type: 'occurrence' }>;

function onOccurrence(state: IssueState, event: Occurrence, now: Date): Transition {
  const counted: IssueState = {
    ...state,
    eventCount: state.eventCount + event.count,
    firstSeen: new Date(Math.min(event.time.getTime(), state.firstSeen.getTime())),
  };
  if (counted.status === 'resolved' && countsAgainst(counted, event)) {
    return change(counted, 'regressed', now, 'regressed', {
      release: event.release,
      resolved_at: state.resolvedAt?.toISOString() ?? null,
      resolved_release: state.resolvedRelease,
    });
  }
  if (counted.status === 'muted' && counted.muteRule && muteIsOver(counted.muteRule, counted, event, now)) {
    return change(counted, openStatus(counted, now), now, 'unmuted', { rule: counted.muteRule });
  }
  return unchanged(counted);
}

/** Whether an occurrence shows that a resolved issue is not. One from before the resolution, or of a release without the fix, does not. */
function countsAgainst(state: IssueState, event: Occurrence): boolean {
  if (state.resolvedAt && event.time.getTime() + CLOCK_GRAIN_MS <= state.resolvedAt.getTime()) return false;
  if (state.resolvedMode === 'now' || !state.resolvedRelease || !event.release) return true;
  const order = compareReleases(event.release, state.resolvedRelease);
  if (order === null) return !event.olderRelease;
  return state.resolvedMode === 'release' ? order >= 0 : order > 0;
}

function muteIsOver(rule: MuteRule, state: IssueState, event: Occurrence, now: Date): boolean {
  switch (rule.kind) {
    case 'until_time':
      return now >= new Date(rule.until);
    case 'until_count':
      return state.eventCount >= (rule.from_count ?? 0) + rule.count;
    case 'until_rate':
      return (event.eventsInWindow ?? 0) >= rule.count;
    default:
      return false;
  }
}

function resolve(state: IssueState, mode: ResolveMode, release: string | null, now: Date): Transition {
  if (mode !== 'now' && !release)
    return {
      refused:
        mode === 'release'
          ? 'Resolving in a release needs the name of that release.'
          : 'Resolving in the next release needs a current release, and none has been seen.',
    };
  const inRelease = mode === 'now' ? null : release;
  if (state.status === 'resolved' && state.resolvedMode === mode && state.resolvedRelease === inRelease)
    return unchanged(state);
  return change(
    state,
    'resolved',
    now,
    'resolved',
    { mode, release: inRelease },
    { resolvedAt: now, resolvedMode: mode, resolvedRelease: inRelease },
  );
}

function mute(state: IssueState, rule: MuteRule, now: Date): Transition {
  if (state.status === 'resolved') return { refused: 'A resolved issue cannot be muted; reopen it first.' };
  if (rule.kind === 'until_time' && new Date(rule.until) <= now)
    return { refused: 'The time until which to mute has passed already.' };
  const muteRule: MuteRule = rule.kind === 'until_count' ? { ...rule, from_count: state.eventCount } : rule;
  return change(state, 'muted', now, 'muted', { rule: muteRule }, { muteRule });
}

function onTick(state: IssueState, now: Date): Transition {
  if (state.status === 'new' && openStatus(state, now) === 'ongoing') return change(state, 'ongoing', now, 'ongoing');
  if (state.muteRule?.kind === 'until_time' && now >= new Date(state.muteRule.until))
    return change(state, openStatus(state, now), now, 'unmuted', { rule: state.muteRule });
  return unchanged(state);
}

function escalate(state: IssueState, now: Date): Transition {
  if (state.status === 'escalating') return unchanged(state);
  if (isOpen(state.status) || state.muteRule?.kind === 'until_escalating')
    return change(state, 'escalating', now, 'escalating');
  return { refused: `A ${state.status} issue does not escalate.` };
}

function undo(state: IssueState, previous: StateSnapshot, changedAt: Date, now: Date): Transition {
  if (state.statusChangedAt.getTime() !== changedAt.getTime())
    return { refused: 'The issue has changed since; this can no longer be undone.' };
  const back = change(state, previous.status, now, 'undone');
  return {
    ...back,
    state: {
      ...back.state,
      statusChangedAt: new Date(previous.statusChangedAt),
      resolvedAt: previous.resolvedAt ? new Date(previous.resolvedAt) : null,
      resolvedMode: previous.resolvedMode,
      resolvedRelease: previous.resolvedRelease,
      muteRule: previous.muteRule,
    },
  };
}
