import { randomUUID } from 'node:crypto';
import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { addTurningPoints, type LockedIssue } from '../issues/apply-change.server';
import type { IssueRef } from '../issues/find-issue.server';
import type { EntryPatch } from '../knowledge/entry-input-schema';
import { entryId } from '../knowledge/entry-words';
import { type Author, authorOf } from '../knowledge/write-entry.server';
import {
  assertDecidable,
  type DecisionCall,
  lockSuggestion,
  markSuggestion,
  type SuggestionRow,
} from './decide-suggestion.server';
import { fixBaselines } from './fix-baseline.server';
import { baselineRate } from './fix-verdict';
import type { Suggestion } from './learning-schema';
import { getSuggestion } from './list-suggestions.server';
import { publishForFix } from './publish-for-fix.server';
import { recordDecision } from './record-feedback.server';
import { distanceTo, editedContent } from './suggested-content.server';

/**
 * "This entry solves this issue": in one transaction the words are saved where they were edited, the entry is published
 * where it was not, the issue knows its fix, the fix is watched from now on with the rate before it, and the other
 * suggestions of the issue are superseded.
 * @throws AppError `not_found`, `forbidden`; `conflict` when somebody decided it meanwhile or the entry cannot be used.
 */
export async function acceptSuggestion({
  viewer,
  id,
  patch,
  note,
  now,
  ip,
}: DecisionCall & { patch?: EntryPatch; note?: string | null }): Promise<Suggestion> {
  assertCan(viewer, 'review');
  await getDb().$transaction(async (tx) => {
    const { row, ref, issue } = await lockSuggestion(tx, id);
    assertDecidable(row, 'accept');
    const content = await editedContent(tx, row, patch);
    const edited = await distanceTo(tx, row, content);
    const writer = patch && content ? authorOf(viewer) : await lastWriter(tx, id);
    const entryNumber = await publishForFix(tx, { viewer, entryNumber: row.entryId, content, writer, now });
    await markSuggestion(tx, row, 'accepted', { viewer, now, note, entryId: entryNumber, edited });
    if (row.kind === 'update') return await finishUpdate(tx, row, ref, { viewer, now, ip });
    await recordDecision(tx, row, { suggestionId: row.id, entry: entryNumber, kind: 'accepted', viewer, now });
    const superseded = await supersedeOthers(tx, row);
    const [before] = await tx.$queryRaw<{ known_entry_id: number | null; known_confidence: number | null }[]>`
      UPDATE issue i SET known_entry_id = ${entryNumber}, known_confidence = ${row.confidence}, version = i.version + 1
      FROM (SELECT known_entry_id, known_confidence FROM issue
            WHERE project_id = ${row.projectId} AND number = ${row.issueNumber}) o
      WHERE i.project_id = ${row.projectId} AND i.number = ${row.issueNumber}
      RETURNING o.known_entry_id, o.known_confidence`;
    const fix = await startFix(tx, row, entryNumber, issue, viewer, now);
    const data = {
      suggestion: String(row.id),
      entry: entryId(entryNumber),
      fix: String(fix),
      confidence: row.confidence,
      superseded,
      previous_entry: before?.known_entry_id ?? null,
      previous_confidence: before?.known_confidence ?? null,
    };
    await addTurningPoints(tx, ref, [{ kind: 'suggestion_accepted', data }], { viewer, now, batch: randomUUID() });
    await recordAudit(
      { viewer, action: 'suggestion.accept', target: id, data: { issue: ref.id, entry: data.entry }, ip },
      tx,
    );
  });
  return getSuggestion({ viewer, id });
}

/** Changing the words of an entry solves no further issue: nothing is watched. */
async function finishUpdate(
  tx: Tx,
  row: SuggestionRow,
  ref: IssueRef,
  { viewer, now, ip }: Pick<DecisionCall, 'viewer' | 'now' | 'ip'>,
): Promise<void> {
  const entry = row.entryId === null ? null : entryId(row.entryId);
  const data = { suggestion: String(row.id), entry };
  await addTurningPoints(tx, ref, [{ kind: 'entry_updated', data }], { viewer, now, batch: randomUUID() });
  const target = String(row.id);
  await recordAudit({ viewer, action: 'suggestion.accept', target, data: { issue: ref.id, entry }, ip }, tx);
}

/** Who last changed the words of a suggestion; null while they are as they were proposed. */
async function lastWriter(tx: Tx, id: string): Promise<Author | null> {
  const edit = await tx.auditLog.findFirst({
    where: { action: 'suggestion.edit', target: id, data: { path: ['draft'], equals: true } },
    orderBy: { id: 'desc' },
    select: { actorId: true, actorName: true },
  });
  return edit && { id: edit.actorId, name: edit.actorName };
}

async function supersedeOthers(tx: Tx, row: SuggestionRow): Promise<string[]> {
  const others = await tx.suggestion.findMany({
    where: {
      projectId: row.projectId,
      issueNumber: row.issueNumber,
      status: 'pending',
      kind: { not: 'update' },
      id: { not: row.id },
    },
    select: { id: true },
  });
  const ids = others.map((other) => other.id);
  await tx.suggestion.updateMany({ where: { id: { in: ids }, status: 'pending' }, data: { status: 'superseded' } });
  return ids.map(String);
}

async function startFix(
  tx: Tx,
  row: SuggestionRow,
  entryNumber: number,
  issue: LockedIssue,
  viewer: Viewer,
  now: Date,
): Promise<bigint> {
  const { firstSeen, resolvedAt } = issue.state;
  const [baseline] = await fixBaselines(tx, [{ ...row, firstSeen, resolvedAt, until: now }]);
  const { id } = await tx.fix.create({
    data: {
      projectId: row.projectId,
      issueNumber: row.issueNumber,
      entryId: entryNumber,
      suggestionId: row.id,
      appliedAt: now,
      appliedBy: viewer.userId,
      appliedName: viewer.name,
      release: issue.lastRelease,
      baselineRate: baseline ? baselineRate(baseline) : 0,
      issueFirstSeen: firstSeen,
      resolvedAt,
    },
    select: { id: true },
  });
  return id;
}
