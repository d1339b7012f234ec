import type { PoolClient } from 'pg';
import { BatchRetry } from './database-failure';
import { type IssueRow, newIssueRow, newOpenIssue, type OpenIssue, toOpenIssue } from './issue-row';
import { inOneWrite } from './one-write.server';
import type { PendingEvent } from './pending-event';
import { steadyNow } from './steady-time.server';
import { CREATE_ISSUES, FIND_RETOLD, FIND_STORED, LOCK_ISSUES, LOCK_PROJECTS } from './write-sql';

const DAYS_3_MS = 3 * 86_400_000;

/** Where each event of a batch belongs. The rows of all issues are locked. */
export interface Placement {
  issue: OpenIssue;
  /** The hash it was filed under. */
  hash: string;
}

const hashKey = (projectId: number, hash: string): string => `${projectId}:${hash}`;
const eventKey = (projectId: number, id: string): string => `${projectId}:${id}`;

/** Issues by each of the hashes they own. */
class IssueIndex {
  readonly #byHash = new Map<string, OpenIssue>();

  add(issue: OpenIssue, hashes: readonly string[]): void {
    for (const hash of hashes) this.#byHash.set(hashKey(issue.projectId, hash), issue);
  }

  place({ projectId, grouping }: PendingEvent): Placement | null {
    for (const hash of grouping.hashes) {
      const issue = this.#byHash.get(hashKey(projectId, hash));
      if (issue) return { issue, hash };
    }
    return null;
  }

  missing({ projectId, grouping }: PendingEvent): string[] {
    return grouping.hashes.filter((hash) => !this.#byHash.has(hashKey(projectId, hash)));
  }
}

async function lockIssues(client: PoolClient, events: readonly PendingEvent[]): Promise<IssueIndex> {
  const wanted = new Map<string, [number, string]>();
  for (const { projectId, grouping } of events) {
    for (const hash of grouping.hashes) wanted.set(hashKey(projectId, hash), [projectId, hash]);
  }
  const pairs = [...wanted.values()];
  const { rows } = await client.query<IssueRow>({
    name: 'lock_issues',
    text: LOCK_ISSUES,
    values: [pairs.map(([project]) => project), pairs.map(([, hash]) => hash)],
  });
  const index = new IssueIndex();
  for (const row of rows) {
    if (row.merged_into !== null) throw new BatchRetry(`issue ${row.number} was merged meanwhile`);
    if (row.version !== row.version_seen) throw new BatchRetry(`issue ${row.number} was changed meanwhile`);
    index.add(toOpenIssue(row), row.hashes);
  }
  return index;
}

/**
 * Events whose id is stored already, with the number of their issue. One that may come with another time than before is
 * also looked for among those of the last three days.
 */
async function findStored(
  client: PoolClient,
  events: readonly PendingEvent[],
  now: Date,
): Promise<Map<PendingEvent, number>> {
  const asked = events.filter(({ idGiven }) => idGiven);
  if (asked.length === 0) return new Map();
  const times = asked.map(({ event }) => event.timestamp);
  const sorted = times.toSorted();
  const values = [
    asked.map(({ projectId }) => projectId),
    asked.map(({ event }) => event.id),
    times,
    asked.map(({ timeGiven }) => !timeGiven),
    sorted[0],
    sorted.at(-1),
  ];
  // A clock that was set forward must not hide the events of a minute ago.
  const since = new Date(Math.min(now.getTime(), steadyNow()) - DAYS_3_MS);
  const { rows } = await client.query<{ project_id: number; id: string; issue_number: number }>(
    asked.every(({ timeGiven }) => timeGiven)
      ? { name: 'find_stored', text: FIND_STORED, values }
      : { name: 'find_retold', text: FIND_RETOLD, values: [...values, since] },
  );
  const stored = new Map(rows.map((row) => [eventKey(row.project_id, row.id.replaceAll('-', '')), row.issue_number]));
  return new Map(
    asked.flatMap((pending) => {
      const issue = stored.get(eventKey(pending.projectId, pending.event.id));
      return issue === undefined ? [] : [[pending, issue] as const];
    }),
  );
}

interface NewGrouping {
  project_id: number;
  hash: string;
  issue_number: number;
  version: string;
  parts: unknown;
}

/** Makes the issues that no hash leads to, and gives known issues the hashes they lack. The projects are locked. */
async function createMissing(
  client: PoolClient,
  events: readonly PendingEvent[],
  index: IssueIndex,
  next: Map<number, number>,
  now: Date,
): Promise<void> {
  const issues: Record<string, unknown>[] = [];
  const groupings: NewGrouping[] = [];
  for (const pending of events) {
    const missing = index.missing(pending);
    if (missing.length === 0) continue;
    let issue = index.place(pending)?.issue;
    if (!issue) {
      const number = next.get(pending.projectId);
      if (number === undefined) throw new Error(`There is no project ${pending.projectId}.`);
      next.set(pending.projectId, number + 1);
      issue = newOpenIssue(pending, number, now);
      issues.push(newIssueRow(pending, number));
    }
    index.add(issue, missing);
    const { previous } = pending.grouping;
    for (const hash of missing) {
      const { version, parts } = previous?.hashes.includes(hash) ? previous : pending.grouping;
      groupings.push({ project_id: pending.projectId, hash, issue_number: issue.number, version, parts });
    }
  }
  if (groupings.length === 0) return;
  const { rows } = await client.query<{ owned: number }>({
    name: 'create_issues',
    text: CREATE_ISSUES,
    values: [JSON.stringify(issues), JSON.stringify(groupings), [...next.keys()], [...next.values()], now],
  });
  if (rows[0]?.owned !== groupings.length) throw new BatchRetry('a hash was taken meanwhile');
}

/**
 * Finds or makes the issue of every event and locks it. Issues are locked in the order of project and number; whoever
 * makes new ones locks their projects first, so no two writers can wait for each other in a ring.
 * Starts the transaction. @throws BatchRetry when another process got in between.
 */
export async function placeEvents(
  client: PoolClient,
  events: readonly PendingEvent[],
  now: Date,
): Promise<{ placements: Map<PendingEvent, Placement>; stored: Map<PendingEvent, number> }> {
  // The look-up runs once the issues are locked, so it sees whatever another process stored in them before.
  let [, index, stored] = await inOneWrite(client, () =>
    Promise.all([client.query('BEGIN'), lockIssues(client, events), findStored(client, events, now)]),
  );
  const isNew = (pending: PendingEvent): boolean => !stored.has(pending) && index.missing(pending).length > 0;
  const unplaced = events.filter(isNew);
  if (unplaced.length > 0) {
    const projects = [...new Set(unplaced.map(({ projectId }) => projectId))].sort((a, b) => a - b);
    // The projects come first in the order of locks, so those of the issues are given back.
    const again = await Promise.all([
      client.query('ROLLBACK; BEGIN'),
      client.query<{ id: number; next_issue: number }>(LOCK_PROJECTS, [projects]),
      lockIssues(client, events),
      findStored(client, events, now),
    ]);
    const next = new Map(again[1].rows.map((row) => [row.id, row.next_issue]));
    [, , index, stored] = again;
    await createMissing(client, events.filter(isNew), index, next, now);
  }
  const placements = new Map<PendingEvent, Placement>();
  for (const pending of events) {
    const placement = index.place(pending);
    if (placement) placements.set(pending, placement);
  }
  return { placements, stored };
}
