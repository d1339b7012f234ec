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

const increment = (counts: Map<string, number>, key: string): unknown => counts.set(key, (counts.get(key) ?? 0) + 1);

/** In the order of the key, the same in every process, so that two batches never wait for each other in a ring. */
const inOrder = <T>(rows: ReadonlyMap<string, T>): [key: string, row: T][] =>
  [...rows].sort(([a], [b]) => (a < b ? -1 : 1));

/** What a batch holds of one issue. */
interface IssueTally {
  events: PendingEvent[];
  hours: Map<string, number>;
  people: Set<string>;
}

/** Events of one hour, service and environment: counts by what trends can be split by. */
interface SceneTally {
  columns: { project_id: number; hour: string; service: string; environment: string };
  levels: Map<string, number>;
  types: Map<string, number>;
  /** Without a release it is ''. */
  releases: Map<string, number>;
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

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Counts each event of a batch at its issue and at its scene. */
function tally(inserted: readonly InsertedEvent[]): {
  issues: Map<OpenIssue, IssueTally>;
  scenes: Map<string, SceneTally>;
} {
  const issues = new Map<OpenIssue, IssueTally>();
  const scenes = new Map<string, SceneTally>();
  for (const { pending, issue } of inserted) {
    const { projectId, event, grouping, userHash } = pending;
    const { service, environment } = event;
    const hour = hourOf(event.timestamp);
    let ofIssue = issues.get(issue);
    if (!ofIssue) {
      ofIssue = { events: [], hours: new Map(), people: new Set() };
      issues.set(issue, ofIssue);
    }
    ofIssue.events.push(pending);
    increment(ofIssue.hours, hour);
    if (userHash) ofIssue.people.add(userHash);
    const key = `${hour}\0${projectId}\0${service}\0${environment}`;
    let scene = scenes.get(key);
    if (!scene) {
      const columns = { project_id: projectId, hour, service, environment };
      scene = { columns, levels: new Map(), types: new Map(), releases: new Map() };
      scenes.set(key, scene);
    }
    increment(scene.levels, event.level);
    increment(scene.types, cutText(grouping.type, 256));
    increment(scene.releases, event.release ?? '');
  }
  return { issues, scenes };
}

/**
 * Everything that follows from the events of a batch. Pure; `now` is the time of the batch. `isCounted`: whether somebody
 * is known to be counted among the people of an issue.
 */
export function batchEffects(
  inserted: readonly InsertedEvent[],
  context: StateContext,
  now: Date,
  isCounted: (issue: OpenIssue, userHash: string) => boolean = () => false,
): BatchEffects {
  const effects: BatchEffects = {
    issues: [],
    states: [],
    users: [],
    issueHours: [],
    projectHours: [],
    facetHours: [],
    releases: releaseRows(inserted),
    turningPoints: [],
    jobs: [],
    regressed: [],
  };
  const { issues, scenes } = tally(inserted);
  for (const [issue, { events, hours, people }] of [...issues].sort(([a], [b]) => compareIssues(a, b))) {
    const { projectId: project_id, number: issue_number } = issue;
    for (const [hour, count] of inOrder(hours)) effects.issueHours.push({ project_id, issue_number, hour, count });
    for (const user_hash of [...people].sort()) {
      if (!isCounted(issue, user_hash)) effects.users.push({ project_id, issue_number, user_hash });
    }
    addIssue(effects, issue, events, context, now);
  }
  const ordered = inOrder(scenes).map(([, scene]) => scene);
  for (const { columns, levels } of ordered) {
    for (const [level, count] of inOrder(levels)) effects.projectHours.push({ ...columns, level, count });
  }
  for (const [facet, name] of FACETS) {
    for (const scene of ordered) {
      for (const [key, count] of inOrder(scene[name])) effects.facetHours.push({ facet, ...scene.columns, key, count });
    }
  }
  return effects;
}

/** What trends can be split by that a project's hours do not know. */
const FACETS = [
  ['release', 'releases'],
  ['type', 'types'],
] as const;

const compareIssues = (a: OpenIssue, b: OpenIssue): number => a.projectId - b.projectId || a.number - b.number;

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
    project_id: issue.projectId,
    issue_number: issue.number,
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
