import { randomUUID } from 'node:crypto';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { AppError } from '../errors';
import { groupByPlan } from '../grouping';
import { changeRules } from '../grouping/grouping-rules.server';
import type { GroupingRule } from '../grouping/grouping-rules-schema';
import { compileConditions, lazyFrames } from '../grouping/rules/compile-rules';
import { printRule } from '../grouping/rules/rule-text';
import { enqueue } from '../jobs/enqueue.server';
import { shortId } from '../projects/project-schema';
import { readProjectSettings } from '../projects/project-settings';
import { addTurningPoints, type ChangeContext, lockIssue } from './apply-change.server';
import { findIssue, type IssueRef } from './find-issue.server';
import { loadIssue } from './get-issue.server';
import { MERGE_TIMEOUT_MS } from './merge-issues.server';
import { chargeLedgers, countedHours } from './merge-ledger.server';
import { addHours, addPeople, keepPeople, refile, removePeople, subtractHours } from './move-counts.server';
import { remember, settle } from './move-dates.server';
import { droppedHours, sumOf } from './move-shares';
import { moveTags } from './move-tags.server';
import { type ScannedEvent, scanEvents, sortEvents } from './scan-events.server';
import { rejudgeFixes } from './split-fixes.server';
import { createSplitIssue, ownHash } from './split-off.server';
import type { SplitInput, SplitRecord, SplitResult } from './split-schema';
import { undoToken } from './undo-token';

/** Hashes that a rule names at most. */
const MAX_RULE_HASHES = 50;

/**
 * Makes an issue of its own out of events that are not this one: by grouping hash, by what they say, or one by one. Counts,
 * trends and people of both follow from what moved.
 * @throws AppError `not_found` | `conflict` when nothing fits, or nothing would be left.
 */
export async function splitIssue({
  viewer,
  issueId,
  split,
  now,
}: {
  viewer: Viewer;
  issueId: string;
  split: SplitInput;
  now: Date;
}): Promise<SplitResult> {
  assertCan(viewer, 'write');
  const from = await findIssue({ viewer, issueId });
  const context: ChangeContext = { viewer, now, batch: randomUUID() };
  const done = await getDb().$transaction((tx) => splitOff(tx, from, split, context), {
    timeout: MERGE_TIMEOUT_MS,
    maxWait: 10_000,
  });
  return {
    issue: await loadIssue(done.into),
    source: await loadIssue(from),
    moved: done.moved,
    rule: done.rule,
    undo: undoToken({ batch: context.batch, at: now }),
  };
}

async function splitOff(tx: Tx, from: IssueRef, split: SplitInput, context: ChangeContext) {
  const project = from.projectId;
  // Projects are locked before their issues, as capture does.
  const [row] = await tx.$queryRaw<{ next_issue: number; settings: unknown }[]>`
    SELECT next_issue, settings FROM project WHERE id = ${project} FOR NO KEY UPDATE`;
  await lockIssue(tx, from);
  const version = readProjectSettings(row!.settings).grouping_version;
  const into: IssueRef = { ...from, number: row!.next_issue, id: shortId(from.prefix, row!.next_issue) };
  const picker = pick(split, version);
  const taken = await sortEvents(scanEvents(tx, from, split.where !== undefined), picker.isTaken);
  const { oldest } = taken;
  if (!oldest) throw new AppError('conflict', `No stored event of ${from.id} fits; nothing was split off.`);
  if (taken.left === 0)
    throw new AppError('conflict', `All stored events of ${from.id} fit; there would be nothing left of it.`);

  await tx.$executeRaw`UPDATE project SET next_issue = next_issue + 1 WHERE id = ${project}`;
  await createSplitIssue(tx, from, into, oldest, context.now);
  const before = await remember(tx, from);
  if (split.hashes) {
    await tx.$executeRaw`
      UPDATE "grouping" SET issue_number = ${into.number}
      WHERE project_id = ${project} AND issue_number = ${from.number} AND hash = ANY(${split.hashes})`;
  }
  await refile(tx, from, into, taken, split.hashes ? null : await ownHash(tx, from, into));
  // Only what is stored can be told apart, so what is only counted stays.
  const dropped = { from: sumOf(droppedHours(await countedHours(tx, from), [taken.hours, taken.hoursLeft])), into: 0 };
  await moveTags(tx, from, into, dropped);
  await subtractHours(tx, from, taken.hours);
  await addHours(tx, into, taken.hours);
  if (dropped.from === 0) await keepPeople(tx, from, taken.peopleLeft);
  else
    await removePeople(
      tx,
      from,
      [...taken.people].filter((person) => !taken.peopleLeft.has(person)),
    );
  await addPeople(tx, into, taken.people);
  await chargeLedgers(tx, from, taken);
  await settle(tx, from, [before]);
  await settle(tx, into, []);

  const rule = split.where && split.rule !== false ? await addRule(tx, from, into, split.where, picker.hashes) : null;
  const record: SplitRecord = {
    number: into.number,
    rule,
    fixes: await rejudgeFixes(tx, from, into, new Set(taken.ids)),
  };
  const moved = taken.ids.length;
  await addTurningPoints(tx, from, [{ kind: 'split', data: { into: into.id, moved, rule, restore: record } }], context);
  await addTurningPoints(tx, into, [{ kind: 'split_from', data: { from: from.id, moved, rule } }], context);
  await enqueue(tx, 'issue.match', { projectId: project, issueNumber: into.number });
  return { into, moved, rule };
}

/** Which events are meant, and the default hashes of those that were. */
function pick({ hashes, events, where }: SplitInput, version: string) {
  const seen = new Map<string, number>();
  if (hashes) {
    const wanted = new Set(hashes);
    return { hashes: seen, isTaken: ({ hash }: ScannedEvent) => wanted.has(hash) };
  }
  if (events) {
    const wanted = new Set(events);
    return { hashes: seen, isTaken: ({ id }: ScannedEvent) => wanted.has(id.replaceAll('-', '')) };
  }
  const fits = compileConditions(where ?? []);
  const isTaken = ({ data, hash }: ScannedEvent): boolean => {
    if (!data) return false;
    const own = groupByPlan({ version, previous: null, rules: null }, data).grouping.hashes;
    if (!fits({ event: data, hashes: own }, lazyFrames(data))) return false;
    for (const each of new Set([own[0]!, hash])) seen.set(each, (seen.get(each) ?? 0) + 1);
    return true;
  };
  return { hashes: seen, isTaken };
}

/** A rule in front of all others that sends what fits, among the events of this issue, to the new one. */
async function addRule(
  tx: Tx,
  from: IssueRef,
  into: IssueRef,
  where: GroupingRule['conditions'],
  seen: ReadonlyMap<string, number>,
): Promise<string> {
  const owned = await tx.$queryRaw<{ hash: string }[]>`
    SELECT hash FROM "grouping" WHERE project_id = ${from.projectId} AND issue_number = ${from.number}
    ORDER BY created_at LIMIT ${MAX_RULE_HASHES}`;
  const frequent = [...seen].sort(([, a], [, b]) => b - a).map(([hash]) => hash);
  const patterns = [...new Set([...frequent, ...owned.map(({ hash }) => hash)])].slice(0, MAX_RULE_HASHES);
  const rule: GroupingRule = {
    note: `Split ${into.id} from ${from.id}`,
    conditions: [{ field: 'hash', patterns }, ...where],
    fingerprint: [into.id],
  };
  await changeRules(tx, from.projectId, (rules) => [rule, ...rules]);
  return printRule(rule);
}
