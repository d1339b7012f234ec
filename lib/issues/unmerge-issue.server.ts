import { randomUUID } from 'node:crypto';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { AppError, notFound } from '../errors';
import { parseShortId, shortId } from '../projects/project-schema';
import { addTurningPoints, type ChangeContext, lockIssue } from './apply-change.server';
import { findIssue, type IssueRef } from './find-issue.server';
import { loadIssue } from './get-issue.server';
import type { Issue } from './issue-schema';
import { MERGE_TIMEOUT_MS } from './merge-issues.server';
import {
  addedPeople,
  closeLedger,
  countedHours,
  handOver,
  ledgerRows,
  type MergedPart,
  mergedParts,
  peopleOf,
  peopleOfParts,
} from './merge-ledger.server';
import type { MergeRecord } from './merge-record';
import {
  keepPeople,
  presentPeople,
  refile,
  removePeople,
  replaceHours,
  replacePeople,
  subtractHours,
} from './move-counts.server';
import { type Memory, remember, settle } from './move-dates.server';
import { addUp, claimDropped, type Dropped, droppedHours, sumOf } from './move-shares';
import { moveTags } from './move-tags.server';
import { scanEvents, sortEvents, type Taken } from './scan-events.server';

/**
 * Takes `mergedId` out of `issueId` again: its groupings and their events, those that came since included, its counts,
 * people, suggestions, fixes and comments. Returns the issue that stands by itself again.
 * @throws AppError `not_found` | `conflict` when it was not merged into this issue.
 */
export async function unmergeIssue({
  viewer,
  issueId,
  mergedId,
  now,
}: {
  viewer: Viewer;
  issueId: string;
  mergedId: string;
  now: Date;
}): Promise<Issue> {
  assertCan(viewer, 'write');
  const into = await findIssue({ viewer, issueId });
  const parsed = parseShortId(mergedId);
  if (!parsed || parsed.prefix !== into.prefix) throw notFound('issue', mergedId.slice(0, 100));
  const from: IssueRef = { ...into, number: parsed.number, id: shortId(into.prefix, parsed.number) };
  const context: ChangeContext = { viewer, now, batch: randomUUID() };
  await getDb().$transaction(
    async (tx) => {
      await lockIssue(tx, into);
      await takeBack(tx, from, into);
      await addTurningPoints(tx, into, [{ kind: 'unmerged', data: { from: from.id, number: from.number } }], context);
      await addTurningPoints(tx, from, [{ kind: 'unmerged', data: { out_of: into.id } }], context);
    },
    { timeout: MERGE_TIMEOUT_MS, maxWait: 10_000 },
  );
  return loadIssue(from);
}

async function takeBack(tx: Tx, from: IssueRef, into: IssueRef): Promise<void> {
  const parts = await mergedParts(tx, into);
  const part = parts.find(({ ref }) => ref.number === from.number);
  if (!part) throw new AppError('conflict', `${from.id} is not merged into ${into.id}.`);
  const kept = await remember(tx, from);
  const memories = [targetOf(part.record), await remember(tx, into)];
  const taken = await sortEvents(scanEvents(tx, into, false), ({ hash }) => part.hashes.has(hash));
  await refile(tx, into, from, taken, null);
  const others = parts.filter((other) => other !== part);
  const dropped = await returnHours(tx, from, into, taken);
  await moveTags(tx, into, from, dropped);
  await returnPeople(tx, from, into, taken, { others, dropped });
  await returnLinks(tx, from, into, part);
  await tx.$executeRaw`UPDATE issue SET merged_into = NULL WHERE project_id = ${from.projectId} AND number = ${from.number}`;
  await closeLedger(tx, from);
  for (const { ref } of others) memories.push(await remember(tx, ref));
  await settle(tx, from, [kept]);
  await settle(tx, into, memories);
}

const targetOf = ({ target }: MergeRecord): Memory => ({
  firstSeen: target.first_seen,
  lastSeen: target.last_seen,
  firstRelease: target.first_release,
  lastRelease: target.last_release,
});

/** What is stored goes by its grouping; of what is counted only, the ledger tells. @returns the latter, as it is now. */
async function returnHours(tx: Tx, from: IssueRef, into: IssueRef, taken: Taken): Promise<Dropped> {
  const dropped = droppedHours(await countedHours(tx, into), [taken.hours, taken.hoursLeft]);
  const ledger = { counted: await countedHours(tx, from), rows: await ledgerRows(tx, from) };
  const claimed = claimDropped(dropped, ledger, taken.hours);
  const moved = addUp(taken.hours, claimed);
  await subtractHours(tx, into, moved);
  await replaceHours(tx, from, moved);
  return { from: sumOf(dropped) - sumOf(claimed), into: sumOf(claimed) };
}

/**
 * People whose events are all stored are where these are. Others go when only the merged issue brought them, then or since.
 */
async function returnPeople(
  tx: Tx,
  from: IssueRef,
  into: IssueRef,
  taken: Taken,
  { others, dropped }: { others: readonly MergedPart[]; dropped: Dropped },
): Promise<void> {
  const earlier = await peopleOf(tx, from);
  const people = new Set(taken.people);
  if (dropped.into > 0) for (const person of await presentPeople(tx, into, earlier)) people.add(person);
  if (dropped.from === 0) {
    const gone = await keepPeople(tx, into, taken.peopleLeft);
    if (dropped.into > 0) for (const person of gone) people.add(person);
  } else {
    const added = await addedPeople(tx, from);
    const isBrought = (person: string) => added.has(person) || !earlier.has(person);
    const leaving = new Set([...people].filter((person) => isBrought(person) && !taken.peopleLeft.has(person)));
    for (const [{ ref }, theirs] of await peopleOfParts(tx, others)) {
      const shared = [...leaving].filter((person) => theirs.has(person));
      await handOver(tx, ref, shared);
      for (const person of shared) leaving.delete(person);
    }
    await removePeople(tx, into, leaving);
  }
  await replacePeople(tx, from, people);
}

async function returnLinks(tx: Tx, from: IssueRef, into: IssueRef, { record, hashes }: MergedPart): Promise<void> {
  const project = from.projectId;
  const { target } = record;
  await tx.$executeRaw`
    UPDATE "grouping" SET issue_number = ${from.number}
    WHERE project_id = ${project} AND issue_number = ${into.number} AND hash = ANY(${[...hashes]})`;
  await tx.$executeRaw`
    UPDATE suggestion SET issue_number = ${from.number}
    WHERE id = ANY(${record.suggestions}::text[]::bigint[]) AND issue_number = ${into.number}`;
  await tx.$executeRaw`
    UPDATE fix SET issue_number = ${from.number}
    WHERE id = ANY(${record.fixes}::text[]::bigint[]) AND issue_number = ${into.number}`;
  await tx.$executeRaw`
    UPDATE comment SET issue_number = ${from.number}
    WHERE project_id = ${project} AND issue_number = ${into.number} AND id = ANY(${record.comments}::text[]::bigint[])`;
  await tx.$executeRaw`
    UPDATE issue_text t SET text = replace(t.text, E'\n' || s.text, '') FROM issue_text s
    WHERE t.project_id = ${project} AND t.issue_number = ${into.number}
      AND s.project_id = ${project} AND s.issue_number = ${from.number}`;
  await tx.$executeRaw`
    UPDATE issue t SET
      known_entry_id = CASE WHEN ${target.known_entry_id}::int IS NULL AND t.known_entry_id = s.known_entry_id
                            THEN NULL ELSE t.known_entry_id END,
      known_confidence = CASE WHEN ${target.known_entry_id}::int IS NULL AND t.known_entry_id = s.known_entry_id
                              THEN NULL ELSE t.known_confidence END
    FROM issue s
    WHERE t.project_id = ${project} AND t.number = ${into.number}
      AND s.project_id = ${project} AND s.number = ${from.number}`;
}
