import type { Tx } from '../db/client.server';
import { Prisma } from '../db/generated/client';
import { HOUR_MS } from '../time';
import type { IssueRef } from './find-issue.server';

/** The statements that move counts between issues. Hours are ms of their start. */

export type Hours = ReadonlyMap<number, number>;

export const sumOf = (hours: Hours): number => [...hours.values()].reduce((sum, count) => sum + count, 0);

const columns = (hours: Hours) => ({
  starts: [...hours.keys()].map((hour) => new Date(hour)),
  counts: [...hours.values()],
});

/** Files stored events under another issue, and under another hash where one is given. */
export async function refile(
  tx: Tx,
  { projectId }: IssueRef,
  into: IssueRef,
  { times, ids }: { times: Date[]; ids: string[] },
  hash: string | null,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE event e SET issue_number = ${into.number}, hash = coalesce(${hash}, e.hash)
    FROM unnest(${times}::timestamptz[], ${ids}::text[]) AS m (time, id)
    WHERE e.project_id = ${projectId} AND e.time = m.time AND e.id = m.id::uuid`;
}

export async function addHours(tx: Tx, { projectId, number }: IssueRef, hours: Hours): Promise<void> {
  const { starts, counts } = columns(hours);
  await tx.$executeRaw`
    INSERT INTO issue_hour AS o (project_id, issue_number, hour, count)
    SELECT ${projectId}::int, ${number}::int, hour, count FROM unnest(${starts}::timestamptz[], ${counts}::int[]) AS m (hour, count)
    ON CONFLICT (project_id, issue_number, hour) DO UPDATE SET count = o.count + excluded.count`;
  await tx.$executeRaw`
    UPDATE issue SET event_count = event_count + ${sumOf(hours)} WHERE project_id = ${projectId} AND number = ${number}`;
}

export async function subtractHours(tx: Tx, { projectId, number }: IssueRef, hours: Hours): Promise<void> {
  const { starts, counts } = columns(hours);
  await tx.$executeRaw`
    UPDATE issue_hour h SET count = h.count - m.count FROM unnest(${starts}::timestamptz[], ${counts}::int[]) AS m (hour, count)
    WHERE h.project_id = ${projectId} AND h.issue_number = ${number} AND h.hour = m.hour`;
  await tx.$executeRaw`
    DELETE FROM issue_hour WHERE project_id = ${projectId} AND issue_number = ${number} AND count <= 0`;
  await tx.$executeRaw`
    UPDATE issue SET event_count = greatest(0, event_count - ${sumOf(hours)})
    WHERE project_id = ${projectId} AND number = ${number}`;
}

export async function addPeople(tx: Tx, { projectId, number }: IssueRef, people: Iterable<string>): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO issue_user (project_id, issue_number, user_hash)
    SELECT ${projectId}::int, ${number}::int, person FROM unnest(${[...people]}::text[]) AS m (person) ON CONFLICT DO NOTHING`;
}

export async function removePeople(tx: Tx, { projectId, number }: IssueRef, people: Iterable<string>): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM issue_user WHERE project_id = ${projectId} AND issue_number = ${number} AND user_hash = ANY(${[...people]})`;
}

/** What the issue may have been before, as its dates are worked out anew. */
export interface Memory {
  firstSeen: Date;
  lastSeen: Date;
  firstRelease: string | null;
  lastRelease: string | null;
}

/** When an issue was first or last seen; null for one without events. */
async function edge(tx: Tx, ref: IssueRef, side: 'min' | 'max', known: readonly Date[]): Promise<Date | null> {
  const order = Prisma.raw(side === 'min' ? 'ASC' : 'DESC');
  const [hour] = await tx.$queryRaw<{ hour: Date; count: number }[]>`
    SELECT hour, count FROM issue_hour WHERE project_id = ${ref.projectId} AND issue_number = ${ref.number}
    ORDER BY hour ${order} LIMIT 1`;
  if (!hour) return null;
  const end = new Date(hour.hour.getTime() + HOUR_MS);
  const [stored] = await tx.$queryRaw<{ time: Date | null; count: number }[]>`
    SELECT ${Prisma.raw(side)}(time) AS time, count(*)::int AS count FROM event
    WHERE project_id = ${ref.projectId} AND issue_number = ${ref.number} AND time >= ${hour.hour} AND time < ${end}`;
  if (stored?.time && stored.count >= hour.count) return stored.time;
  const within = known.filter((time) => time >= hour.hour && time < end);
  const times = [...within, ...(stored?.time ? [stored.time] : [])].map((time) => time.getTime());
  return times.length === 0 ? hour.hour : new Date(side === 'min' ? Math.min(...times) : Math.max(...times));
}

/**
 * Works out what follows from the hours, people and stored events of an issue. Its first and last hours with events are
 * certain. Which minute it was a stored event tells where all of that hour are stored; else it may be one of `memories`,
 * and failing these it is the hour.
 */
export async function settle(tx: Tx, ref: IssueRef, memories: readonly Memory[]): Promise<void> {
  const { projectId, number } = ref;
  const first = await edge(
    tx,
    ref,
    'min',
    memories.map((memory) => memory.firstSeen),
  );
  const last = await edge(
    tx,
    ref,
    'max',
    memories.map((memory) => memory.lastSeen),
  );
  const [released] = await tx.$queryRaw<{ first: string | null; last: string | null }[]>`
    SELECT
      (SELECT release FROM event WHERE project_id = ${projectId} AND issue_number = ${number} AND release IS NOT NULL ORDER BY time, id LIMIT 1) AS first,
      (SELECT release FROM event WHERE project_id = ${projectId} AND issue_number = ${number} AND release IS NOT NULL ORDER BY time DESC, id DESC LIMIT 1) AS last`;
  const same = (a: Date, b: Date | null) => a.getTime() === b?.getTime();
  const firstRelease = memories.find((memory) => same(memory.firstSeen, first))?.firstRelease ?? released?.first;
  const lastRelease = released?.last ?? memories.find((memory) => same(memory.lastSeen, last))?.lastRelease;
  await tx.$executeRaw`
    UPDATE issue i SET
      first_seen = coalesce(${first}::timestamptz, i.first_seen),
      last_seen = coalesce(${last}::timestamptz, i.last_seen),
      first_release = coalesce(${firstRelease ?? null}::text, i.first_release),
      last_release = coalesce(${lastRelease ?? null}::text, i.last_release),
      user_count = (SELECT count(*) FROM issue_user u WHERE u.project_id = i.project_id AND u.issue_number = i.number),
      version = i.version + 1
    WHERE i.project_id = ${projectId} AND i.number = ${number}`;
}

export async function remember(tx: Tx, { projectId, number }: IssueRef): Promise<Memory> {
  const rows = await tx.$queryRaw<Memory[]>`
    SELECT first_seen AS "firstSeen", last_seen AS "lastSeen", first_release AS "firstRelease", last_release AS "lastRelease"
    FROM issue WHERE project_id = ${projectId} AND number = ${number}`;
  return rows[0]!;
}
