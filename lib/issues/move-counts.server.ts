import type { Tx } from '../db/client.server';
import type { IssueRef } from './find-issue.server';
import { sumOf } from './move-shares';

/** The statements that move counts between issues. Hours are ms of their start. */

export type Hours = ReadonlyMap<number, number>;

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

/** Makes these the hours of an issue. */
export async function replaceHours(tx: Tx, ref: IssueRef, hours: Hours): Promise<void> {
  const { projectId, number } = ref;
  await tx.$executeRaw`DELETE FROM issue_hour WHERE project_id = ${projectId} AND issue_number = ${number}`;
  await tx.$executeRaw`UPDATE issue SET event_count = 0 WHERE project_id = ${projectId} AND number = ${number}`;
  await addHours(tx, ref, hours);
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

/** Makes these the people of an issue. */
export async function replacePeople(tx: Tx, ref: IssueRef, people: Iterable<string>): Promise<void> {
  await keepPeople(tx, ref, people);
  await addPeople(tx, ref, people);
}

/** Removes all people but these. @returns who is gone. */
export async function keepPeople(tx: Tx, { projectId, number }: IssueRef, people: Iterable<string>): Promise<string[]> {
  const gone = await tx.$queryRaw<{ user_hash: string }[]>`
    DELETE FROM issue_user u WHERE project_id = ${projectId} AND issue_number = ${number}
      AND NOT EXISTS (SELECT FROM unnest(${[...people]}::text[]) AS m (person) WHERE m.person = u.user_hash)
    RETURNING user_hash`;
  return gone.map((row) => row.user_hash);
}

/** Which of these people an issue has. */
export async function presentPeople(
  tx: Tx,
  { projectId, number }: IssueRef,
  people: Iterable<string>,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ user_hash: string }[]>`
    SELECT user_hash FROM issue_user WHERE project_id = ${projectId} AND issue_number = ${number} AND user_hash = ANY(${[...people]})`;
  return rows.map((row) => row.user_hash);
}
