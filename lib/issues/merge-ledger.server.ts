import type { Tx } from '../db/client.server';
import { shortId } from '../projects/project-schema';
import type { IssueRef } from './find-issue.server';
import { type MergeRecord, mergeRecordSchema } from './merge-record';
import { type Hours, subtractHours } from './move-counts.server';
import type { Taken } from './scan-events.server';

/**
 * The rows of a merged issue stay behind as a ledger: what of the issue it lives in now is its. What leaves that issue is
 * taken off the ledger too, so that the merge can still be taken back exactly.
 */
export interface MergedPart {
  ref: IssueRef;
  record: MergeRecord;
  /** Hashes that are still its: a later merge may have brought one again. */
  hashes: Set<string>;
}

/** The issues that live in this one, latest merge first. */
export async function mergedParts(tx: Tx, into: IssueRef): Promise<MergedPart[]> {
  const rows = await tx.$queryRaw<{ number: number; restore: unknown }[]>`
    SELECT number, restore FROM (
      SELECT DISTINCT ON (i.number) i.number, t.id, t.data->'restore' AS restore
      FROM issue i JOIN turning_point t ON t.project_id = i.project_id AND t.issue_number = ${into.number} AND t.kind = 'merged'
        AND (t.data->>'number')::int = i.number
      WHERE i.project_id = ${into.projectId} AND i.merged_into = ${into.number}
      ORDER BY i.number, t.id DESC) latest
    ORDER BY id DESC`;
  const claimed = new Set<string>();
  return rows.flatMap(({ number, restore }) => {
    const record = mergeRecordSchema.safeParse(restore);
    if (!record.success) return [];
    const hashes = new Set(record.data.hashes.filter((hash) => !claimed.has(hash)));
    for (const hash of record.data.hashes) claimed.add(hash);
    return [{ ref: { ...into, number, id: shortId(into.prefix, number) }, record: record.data, hashes }];
  });
}

/** Notes what an issue holds as it is merged. `added`: the people that are new to the other. */
export async function openLedger(tx: Tx, from: IssueRef, added: readonly string[]): Promise<void> {
  await closeLedger(tx, from);
  await tx.$executeRaw`
    INSERT INTO merge_hour (project_id, issue_number, hour, rows)
    SELECT ${from.projectId}::int, ${from.number}::int, date_trunc('hour', time, 'UTC'), count(*)
    FROM event WHERE project_id = ${from.projectId} AND issue_number = ${from.number} GROUP BY 3`;
  await tx.$executeRaw`
    INSERT INTO merge_user (project_id, issue_number, user_hash)
    SELECT ${from.projectId}::int, ${from.number}::int, person FROM unnest(${[...added]}::text[]) AS m (person)`;
}

export async function closeLedger(tx: Tx, { projectId, number }: IssueRef): Promise<void> {
  await tx.$executeRaw`DELETE FROM merge_hour WHERE project_id = ${projectId} AND issue_number = ${number}`;
  await tx.$executeRaw`DELETE FROM merge_user WHERE project_id = ${projectId} AND issue_number = ${number}`;
}

/** Stored events by hour as the issue was merged. */
export async function ledgerRows(tx: Tx, { projectId, number }: IssueRef): Promise<Map<number, number>> {
  const rows = await tx.$queryRaw<{ hour: Date; rows: number }[]>`
    SELECT hour, rows FROM merge_hour WHERE project_id = ${projectId} AND issue_number = ${number}`;
  return new Map(rows.map((row) => [row.hour.getTime(), row.rows]));
}

/** Events by hour that the issue counts. */
export async function countedHours(tx: Tx, { projectId, number }: IssueRef): Promise<Map<number, number>> {
  const rows = await tx.$queryRaw<{ hour: Date; count: number }[]>`
    SELECT hour, count FROM issue_hour WHERE project_id = ${projectId} AND issue_number = ${number}`;
  return new Map(rows.map((row) => [row.hour.getTime(), row.count]));
}

export async function peopleOf(tx: Tx, { projectId, number }: IssueRef): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ user_hash: string }[]>`
    SELECT user_hash FROM issue_user WHERE project_id = ${projectId} AND issue_number = ${number}`;
  return new Set(rows.map((row) => row.user_hash));
}

export async function addedPeople(tx: Tx, { projectId, number }: IssueRef): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ user_hash: string }[]>`
    SELECT user_hash FROM merge_user WHERE project_id = ${projectId} AND issue_number = ${number}`;
  return new Set(rows.map((row) => row.user_hash));
}

/** Hands people whom one merged issue added over to another that has them too. */
export async function handOver(tx: Tx, { projectId, number }: IssueRef, people: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO merge_user (project_id, issue_number, user_hash)
    SELECT ${projectId}::int, ${number}::int, person FROM unnest(${[...people]}::text[]) AS m (person) ON CONFLICT DO NOTHING`;
}

function sumHours(byHash: ReadonlyMap<string, Hours>, hashes: Iterable<string>): Map<number, number> {
  const sum = new Map<number, number>();
  for (const hash of hashes)
    for (const [hour, count] of byHash.get(hash) ?? []) sum.set(hour, (sum.get(hour) ?? 0) + count);
  return sum;
}

const union = (byHash: ReadonlyMap<string, Set<string>>, hashes: Iterable<string>): Set<string> =>
  new Set([...hashes].flatMap((hash) => [...(byHash.get(hash) ?? [])]));

/**
 * Takes what left an issue off the ledgers of those that live in it, and in these. `own`: the hashes of the issue, where it
 * lives in another itself.
 */
export async function chargeLedgers(tx: Tx, from: IssueRef, taken: Taken, own?: ReadonlySet<string>): Promise<void> {
  const parts = await mergedParts(tx, from);
  for (const { ref, hashes } of parts) {
    const leaving = [...hashes].filter((hash) => taken.hashes.has(hash));
    if (leaving.length === 0) continue;
    const rows = await ledgerRows(tx, ref);
    // What came after the merge is not in the ledger.
    const charged = new Map<number, number>();
    for (const [hour, count] of sumHours(taken.hoursByHash, leaving)) {
      const amount = Math.min(count, rows.get(hour) ?? 0);
      if (amount > 0) charged.set(hour, amount);
    }
    await subtractHours(tx, ref, charged);
    await tx.$executeRaw`
      UPDATE merge_hour h SET rows = h.rows - m.count
      FROM unnest(${[...charged.keys()].map((hour) => new Date(hour))}::timestamptz[], ${[...charged.values()]}::int[]) AS m (hour, count)
      WHERE h.project_id = ${ref.projectId} AND h.issue_number = ${ref.number} AND h.hour = m.hour`;
    const stay = union(taken.peopleLeftByHash, hashes);
    const gone = [...union(taken.peopleByHash, leaving)].filter((person) => !stay.has(person));
    for (const table of ['issue_user', 'merge_user'] as const) {
      await tx.$executeRawUnsafe(
        `DELETE FROM ${table} WHERE project_id = $1 AND issue_number = $2 AND user_hash = ANY($3::text[])`,
        ref.projectId,
        ref.number,
        gone,
      );
    }
    await chargeLedgers(tx, ref, taken, hashes);
  }
  await handOverPeople(tx, parts, taken, own);
}

/** Who is left in an issue only through one that lives in it, goes with that one from now on. */
async function handOverPeople(
  tx: Tx,
  parts: readonly MergedPart[],
  { peopleByHash, peopleLeftByHash }: Taken,
  own?: ReadonlySet<string>,
): Promise<void> {
  const ofParts = new Set(parts.flatMap(({ hashes }) => [...hashes]));
  const isOwn = (hash: string) => own?.has(hash) ?? true;
  const stay = union(
    peopleLeftByHash,
    [...peopleLeftByHash.keys()].filter((hash) => isOwn(hash) && !ofParts.has(hash)),
  );
  const orphans = new Set(
    [...union(peopleByHash, [...peopleByHash.keys()].filter(isOwn))].filter((person) => !stay.has(person)),
  );
  for (const { ref, hashes } of parts) {
    const people = union(peopleLeftByHash, hashes);
    const shared = [...orphans].filter((person) => people.has(person));
    await handOver(tx, ref, shared);
    for (const person of shared) orphans.delete(person);
  }
}

/** People of an issue that are known to be there through those that live in it. */
export async function peopleOfParts(tx: Tx, parts: readonly MergedPart[]): Promise<Map<MergedPart, Set<string>>> {
  const people = new Map<MergedPart, Set<string>>();
  for (const part of parts) people.set(part, await peopleOf(tx, part.ref));
  return people;
}
