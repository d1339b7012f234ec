import { type IssueState, isOpen, nextIssueState, type StateTurningPoint } from '../issues/issue-state';
import type { JobName } from '../jobs/job-types';
import type { OpenIssue } from './issue-row';
import { cutText } from './limits';
import type { PendingEvent } from './pending-event';

/** An event that was really inserted, with the issue it belongs to. */
export interface InsertedEvent {
  pending: PendingEvent;
  issue: OpenIssue;
}

/** What the state machine needs to know beyond the issue's row. */
export interface StateContext {
  /** Events of an issue within the window of its `until_rate` mute, before this batch. */
  eventsInWindow: ReadonlyMap<OpenIssue, number>;
  /** When each release of a project was first seen, keyed `projectId\nversion`, in ms. */
  releaseSeen: ReadonlyMap<string, number>;
}

/** Rows that a batch changes beside its events, each list in the order in which it is locked. JSON-ready. */
export interface BatchEffects {
  issues: Record<string, unknown>[];
  /** The new states of those that were muted or resolved. */
  states: Record<string, unknown>[];
  users: Record<string, unknown>[];
  issueHours: Record<string, unknown>[];
  projectHours: Record<string, unknown>[];
  facetHours: Record<string, unknown>[];
  releases: Record<string, unknown>[];
  turningPoints: Record<string, unknown>[];
  jobs: { name: JobName; payload: Record<string, unknown> }[];
  /** Issues that came back, with the event that showed it. */
  regressed: { project_id: number; issue_number: number; event: string }[];
}

/** Counts by key; the columns of a row are those of the first of its key. */
class Tally {
  readonly #rows = new Map<string, Record<string, unknown> & { count: number }>();

  add(key: string, columns: () => Record<string, string | number>): void {
    const row = this.#rows.get(key);
    if (row) row.count++;
    else this.#rows.set(key, { ...columns(), count: 1 });
  }

  /** In the order of the key, the same in every process, so that two batches never wait for each other in a ring. */
  rows(): Record<string, unknown>[] {
    return [...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }
}

interface ReleaseRow extends Record<string, unknown> {
  project_id: number;
  version: string;
  first_seen: string;
  last_seen: string;
  count: number;
}

/** When each release was heard of, by the times of its events; in one order for all processes. */
function releaseRows(inserted: readonly InsertedEvent[]): ReleaseRow[] {
  const rows = new Map<string, ReleaseRow>();
  for (const { pending } of inserted) {
    const { release: version, timestamp } = pending.event;
    if (!version) continue;
    const key = releaseKey(pending.projectId, version);
    const row = rows.get(key);
    if (!row) {
      const { projectId } = pending;
      rows.set(key, { project_id: projectId, version, first_seen: timestamp, last_seen: timestamp, count: 1 });
      continue;
    }
    row.count++;
    if (timestamp < row.first_seen) row.first_seen = timestamp;
    if (timestamp > row.last_seen) row.last_seen = timestamp;
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

const releaseKey = (projectId: number, version: string): string => `${projectId}\n${version}`;

function isOlderRelease(issue: OpenIssue, release: string | undefined, context: StateContext): boolean {
  const resolving = issue.state.resolvedRelease;
  if (!release || !resolving || release === resolving) return false;
  const seen = context.releaseSeen.get(releaseKey(issue.projectId, release));
  const resolvingSeen = context.releaseSeen.get(releaseKey(issue.projectId, resolving));
  return seen !== undefined && (resolvingSeen === undefined || seen < resolvingSeen);
}

interface StateChange extends StateTurningPoint {
  event: PendingEvent;
}

/**
 * Runs the events of a muted or resolved issue through its state machine, oldest first. Null when nothing changes, as it
 * never does while an issue is open.
 */
function advance(
  issue: OpenIssue,
  events: PendingEvent[],
  context: StateContext,
  now: Date,
): { state: IssueState; changes: StateChange[] } | null {
  if (isOpen(issue.state.status)) return null;
  const changes: StateChange[] = [];
  let state = issue.state;
  const before = context.eventsInWindow.get(issue) ?? 0;
  const ordered = [...events].sort((a, b) => (a.event.timestamp < b.event.timestamp ? -1 : 1));
  for (const [at, event] of ordered.entries()) {
    const next = nextIssueState(
      state,
      {
        type: 'occurrence',
        time: new Date(event.event.timestamp),
        release: event.event.release ?? null,
        count: 1,
        eventsInWindow: before + at + 1,
        olderRelease: isOlderRelease(issue, event.event.release, context),
      },
      now,
    );
    if ('refused' in next) continue;
    state = next.state;
    for (const point of next.turningPoints) changes.push({ ...point, event });
  }
  return changes.length > 0 ? { state, changes } : null;
}

/** The hour of an instant in ISO form. */
const hourOf = (timestamp: string): string => `${timestamp.slice(0, 13)}:00:00.000Z`;

/** What trends can be split by that a project's hours do not know. Without a release it is ''. */
const facetsOf = ({ event, grouping }: PendingEvent): [facet: string, key: string][] => [
  ['release', event.release ?? ''],
  ['type', cutText(grouping.type, 256)],
];

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Everything that follows from the events of a batch. Pure; `now` is the time of the batch. */
export function batchEffects(inserted: InsertedEvent[], context: StateContext, now: Date): BatchEffects {
  const byIssue = new Map<OpenIssue, PendingEvent[]>();
  const issueHours = new Tally();
  const projectHours = new Tally();
  const facetHours = new Tally();
  const users = new Tally();
  for (const { pending, issue } of inserted) {
    const { projectId, event, userHash } = pending;
    const list = byIssue.get(issue);
    if (list) list.push(pending);
    else byIssue.set(issue, [pending]);
    const { number } = issue;
    const { service, environment, level } = event;
    const hour = hourOf(event.timestamp);
    issueHours.add(`${projectId}\0${number}\0${hour}`, () => ({
      project_id: projectId,
      issue_number: number,
      hour,
    }));
    projectHours.add(`${projectId}\0${hour}\0${service}\0${environment}\0${level}`, () => ({
      project_id: projectId,
      hour,
      service,
      environment,
      level,
    }));
    for (const [facet, key] of facetsOf(pending)) {
      facetHours.add(`${facet}\0${hour}\0${projectId}\0${service}\0${environment}\0${key}`, () => ({
        facet,
        hour,
        project_id: projectId,
        service,
        environment,
        key,
      }));
    }
    if (!userHash) continue;
    users.add(`${projectId}\0${number}\0${userHash}`, () => ({
      project_id: projectId,
      issue_number: number,
      user_hash: userHash,
    }));
  }
  const effects: BatchEffects = {
    issues: [],
    states: [],
    users: users.rows(),
    issueHours: issueHours.rows(),
    projectHours: projectHours.rows(),
    facetHours: facetHours.rows(),
    releases: releaseRows(inserted),
    turningPoints: [],
    jobs: [],
    regressed: [],
  };
  const issues = [...byIssue].sort(([a], [b]) => a.projectId - b.projectId || a.number - b.number);
  for (const [issue, events] of issues) addIssue(effects, issue, events, context, now);
  return effects;
}

function addIssue(
  effects: BatchEffects,
  issue: OpenIssue,
  events: PendingEvent[],
  context: StateContext,
  now: Date,
): void {
  const reference = { projectId: issue.projectId, issueNumber: issue.number };
  const row = { project_id: issue.projectId, issue_number: issue.number };
  let [first, last] = [events[0]!, events[0]!];
  let [oldest, newest]: (PendingEvent | undefined)[] = [];
  for (const event of events) {
    if (event.event.timestamp < first.event.timestamp) first = event;
    if (event.event.timestamp >= last.event.timestamp) last = event;
    if (!event.event.release) continue;
    if (!oldest || event.event.timestamp < oldest.event.timestamp) oldest = event;
    if (!newest || event.event.timestamp >= newest.event.timestamp) newest = event;
  }
  effects.issues.push({
    ...row,
    count: events.length,
    first_seen: first.event.timestamp,
    last_seen: last.event.timestamp,
    first_release: oldest?.event.release ?? null,
    last_release: newest?.event.release ?? null,
  });
  if (issue.isNew) {
    const { event } = first;
    const data = { event: event.id, release: event.release ?? null, environment: event.environment };
    effects.turningPoints.push({ ...row, at: event.timestamp, kind: 'first_seen', data });
    effects.jobs.push({ name: 'issue.match', payload: reference });
  }
  const moved = advance(issue, events, context, now);
  if (!moved) return;
  const { state } = moved;
  effects.states.push({
    ...row,
    status: state.status,
    status_changed_at: iso(state.statusChangedAt),
    resolved_at: iso(state.resolvedAt),
    resolved_mode: state.resolvedMode,
    resolved_release: state.resolvedRelease,
    mute_rule: state.muteRule,
  });
  for (const { kind, data, event } of moved.changes) {
    effects.turningPoints.push({ ...row, at: now.toISOString(), kind, data: { ...data, event: event.event.id } });
    if (kind !== 'regressed') continue;
    effects.jobs.push({ name: 'issue.regressed', payload: reference });
    effects.regressed.push({ ...row, event: event.event.id });
  }
}
