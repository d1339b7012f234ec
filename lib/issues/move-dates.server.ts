import type { Tx } from '../db/client.server';
import { Prisma } from '../db/generated/client';
import { HOUR_MS } from '../time';
import type { IssueRef } from './find-issue.server';

/** What the issue may have been before, as its dates are worked out anew. */
export interface Memory {
  firstSeen: Date;
  lastSeen: Date;
  firstRelease: string | null;
  lastRelease: string | null;
}

export async function remember(tx: Tx, { projectId, number }: IssueRef): Promise<Memory> {
  const rows = await tx.$queryRaw<Memory[]>`
    SELECT first_seen AS "firstSeen", last_seen AS "lastSeen", first_release AS "firstRelease", last_release AS "lastRelease"
    FROM issue WHERE project_id = ${projectId} AND number = ${number}`;
  return rows[0]!;
}

type Side = 'first' | 'last';

const orderOf = (side: Side) => Prisma.raw(side === 'first' ? 'ASC' : 'DESC');

/** When an issue was first or last seen; null for one without events. */
async function seenAt(
  tx: Tx,
  { projectId, number }: IssueRef,
  side: Side,
  known: readonly Date[],
): Promise<Date | null> {
  const [hour] = await tx.$queryRaw<{ hour: Date; count: number }[]>`
    SELECT hour, count FROM issue_hour WHERE project_id = ${projectId} AND issue_number = ${number}
    ORDER BY hour ${orderOf(side)} LIMIT 1`;
  if (!hour) return null;
  const end = new Date(hour.hour.getTime() + HOUR_MS);
  const [stored] = await tx.$queryRaw<{ first: Date | null; last: Date | null; count: number }[]>`
    SELECT min(time) AS first, max(time) AS last, count(*)::int AS count FROM event
    WHERE project_id = ${projectId} AND issue_number = ${number} AND time >= ${hour.hour} AND time < ${end}`;
  const time = stored?.[side] ?? null;
  if (time && stored!.count >= hour.count) return time;
  const within = known.filter((each) => each >= hour.hour && each < end);
  const times = [...within, ...(time ? [time] : [])].map((each) => each.getTime());
  if (times.length === 0) return hour.hour;
  return new Date(side === 'first' ? Math.min(...times) : Math.max(...times));
}

/** The release of the first or last stored event that has one. It is certain where no event beyond it has been deleted. */
async function storedRelease(
  tx: Tx,
  { projectId, number }: IssueRef,
  side: Side,
): Promise<{ release: string | null; isCertain: boolean }> {
  const [found] = await tx.$queryRaw<{ time: Date; release: string }[]>`
    SELECT time, release FROM event WHERE project_id = ${projectId} AND issue_number = ${number} AND release IS NOT NULL
    ORDER BY time ${orderOf(side)}, id ${orderOf(side)} LIMIT 1`;
  const beyond = (column: 'hour' | 'time') => {
    if (!found) return Prisma.empty;
    const hour = Math.floor(found.time.getTime() / HOUR_MS) * HOUR_MS;
    return side === 'first'
      ? Prisma.sql`AND ${Prisma.raw(column)} < ${new Date(hour + HOUR_MS)}`
      : Prisma.sql`AND ${Prisma.raw(column)} >= ${new Date(hour)}`;
  };
  const [counts] = await tx.$queryRaw<{ counted: number; stored: number }[]>`
    SELECT
      (SELECT coalesce(sum(count), 0)::float8 FROM issue_hour
       WHERE project_id = ${projectId} AND issue_number = ${number} ${beyond('hour')}) AS counted,
      (SELECT count(*)::float8 FROM event
       WHERE project_id = ${projectId} AND issue_number = ${number} ${beyond('time')}) AS stored`;
  return { release: found?.release ?? null, isCertain: counts!.stored >= counts!.counted };
}

/**
 * Works out what follows from the hours, people and stored events of an issue. Its first and last hours with events are
 * certain. Which minute it was a stored event tells where all of that hour are stored; else it may be one of `memories`,
 * and failing these it is the hour. Releases follow from the stored events likewise.
 */
export async function settle(tx: Tx, ref: IssueRef, memories: readonly Memory[]): Promise<void> {
  const { projectId, number } = ref;
  const now = await remember(tx, ref);
  const first = await seenAt(
    tx,
    ref,
    'first',
    memories.map((memory) => memory.firstSeen),
  );
  const last = await seenAt(
    tx,
    ref,
    'last',
    memories.map((memory) => memory.lastSeen),
  );
  const earliest = await storedRelease(tx, ref, 'first');
  const latest = await storedRelease(tx, ref, 'last');
  const at = (side: 'firstSeen' | 'lastSeen', time: Date | null) =>
    memories.find((memory) => memory[side].getTime() === time?.getTime());
  const firstRelease = earliest.isCertain
    ? earliest.release
    : (at('firstSeen', first)?.firstRelease ?? earliest.release ?? now.firstRelease);
  const lastRelease = latest.isCertain
    ? latest.release
    : (latest.release ?? at('lastSeen', last)?.lastRelease ?? now.lastRelease);
  await tx.$executeRaw`
    UPDATE issue i SET
      first_seen = ${first ?? now.firstSeen},
      last_seen = ${last ?? now.lastSeen},
      first_release = ${firstRelease},
      last_release = ${lastRelease},
      user_count = (SELECT count(*) FROM issue_user u WHERE u.project_id = i.project_id AND u.issue_number = i.number),
      version = i.version + 1
    WHERE i.project_id = ${projectId} AND i.number = ${number}`;
}
