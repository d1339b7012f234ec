import { randomUUID } from 'node:crypto';
import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { AppError, notFound } from '../errors';
import { addTurningPoints, type LockedIssue, lockIssue } from '../issues/apply-change.server';
import type { IssueRef } from '../issues/find-issue.server';
import { storedContent } from '../knowledge/entry-dto';
import { applyPatch, type EntryPatch } from '../knowledge/entry-input-schema';
import type { EntryContent } from '../knowledge/entry-schema';
import { entryId } from '../knowledge/entry-words';
import { type Author, authorOf, currentEntry } from '../knowledge/write-entry.server';
import { shortId } from '../projects/project-schema';
import { EDITED } from './draft-issue.server';
import { editDistance } from './edit-distance';
import { withAdditions } from './entry-update';
import { fixBaseline } from './fix-baseline.server';
import { baselineRate } from './fix-verdict';
import type { Suggestion, SuggestionPatch } from './learning-schema';
import { getSuggestion } from './list-suggestions.server';
import { publishForFix } from './publish-for-fix.server';
import { recordDecision, withdrawDecision } from './record-feedback.server';
import type { RejectReason } from './reject-reasons';
import { nextSuggestion, type SuggestionEvent, type SuggestionStatus } from './suggestion-state';

interface Call {
  viewer: Viewer;
  id: string;
  now: Date;
  ip?: string;
}

interface Row {
  id: bigint;
  projectId: number;
  issueNumber: number;
  entryId: number | null;
  kind: string;
  draft: unknown;
  editDistance: number | null;
  confidence: number;
  status: SuggestionStatus;
}

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
}: Call & { patch?: EntryPatch; note?: string | null }): Promise<Suggestion> {
  assertCan(viewer, 'review');
  await getDb().$transaction(async (tx) => {
    const { row, ref, issue } = await lock(tx, id);
    decide(row, 'accept');
    const content = await editedContent(tx, row, patch);
    const edited = await distanceTo(tx, row, content);
    const writer = patch && content ? authorOf(viewer) : await lastWriter(tx, id);
    const entryNumber = await publishForFix(tx, { viewer, entryNumber: row.entryId, content, writer, now });
    await mark(tx, row, 'accepted', { viewer, now, note, entryId: entryNumber, edited });
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

/** "It does not": the pair is not proposed again. @throws AppError as for accepting. */
export async function rejectSuggestion({
  viewer,
  id,
  reason,
  note,
  now,
  ip,
}: Call & { reason: RejectReason; note?: string | null }): Promise<Suggestion> {
  assertCan(viewer, 'review');
  await getDb().$transaction(async (tx) => {
    const { row, ref } = await lock(tx, id);
    decide(row, 'reject');
    await mark(tx, row, 'rejected', { viewer, now, note, reason });
    // A rejected change of its words says nothing about whether the entry is the answer.
    const entry = row.kind === 'match' ? row.entryId : null;
    await recordDecision(tx, row, { suggestionId: row.id, entry, kind: 'rejected', reason, viewer, now });
    const data = { suggestion: id, entry: row.entryId === null ? null : entryId(row.entryId), reason };
    await addTurningPoints(tx, ref, [{ kind: 'suggestion_rejected', data }], { viewer, now, batch: randomUUID() });
    await recordAudit({ viewer, action: 'suggestion.reject', target: id, data: { issue: ref.id, reason }, ip }, tx);
  });
  return getSuggestion({ viewer, id });
}

/**
 * Takes a decision back: the suggestion waits again. An acceptance can be taken back while its fix is still watched; an
 * entry it published stays published.
 */
export async function undoDecision({ viewer, id, now, ip }: Call): Promise<Suggestion> {
  assertCan(viewer, 'review');
  await getDb().$transaction(async (tx) => {
    const { row, ref } = await lock(tx, id);
    decide(row, 'undo');
    if (row.kind === 'update' && row.status === 'accepted')
      throw new AppError('conflict', 'The entry was changed. Restore its revision before, if that was wrong.');
    if (row.status === 'accepted') await withdrawFix(tx, row, id);
    await withdrawDecision(tx, row.id);
    await mark(tx, row, 'pending', { viewer, now });
    const data = { undid: `suggestion_${row.status}`, suggestion: id };
    await addTurningPoints(tx, ref, [{ kind: 'undone', data }], { viewer, now, batch: randomUUID() });
    await recordAudit({ viewer, action: 'suggestion.undo', target: id, data: { issue: ref.id }, ip }, tx);
  });
  return getSuggestion({ viewer, id });
}

/** Changes the words that accepting would write, or the note. Only while it waits. */
export async function editSuggestion({
  viewer,
  id,
  patch,
  ip,
}: Omit<Call, 'now'> & { patch: SuggestionPatch }): Promise<Suggestion> {
  assertCan(viewer, 'review');
  await getDb().$transaction(async (tx) => {
    const { row } = await lock(tx, id);
    if (row.status !== 'pending') throw new AppError('conflict', `This suggestion is ${row.status} already.`);
    const draft = await editedContent(tx, row, patch.draft);
    const isOwn = patch.draft !== undefined && row.kind === 'draft';
    await tx.suggestion.update({
      where: { id: row.id },
      data: {
        ...(draft ? { draft, editDistance: await distanceTo(tx, row, draft) } : {}),
        ...(isOwn ? { evidenceHash: EDITED } : {}),
        ...(patch.note === undefined ? {} : { note: patch.note }),
      },
    });
    await recordAudit({ viewer, action: 'suggestion.edit', target: id, ip, data: { draft: draft !== null } }, tx);
  });
  return getSuggestion({ viewer, id });
}

async function lock(tx: Tx, id: string): Promise<{ row: Row; ref: IssueRef; issue: LockedIssue }> {
  const found = await tx.suggestion.findUnique({ where: { id: BigInt(id) } });
  if (!found) throw notFound('suggestion', id);
  const project = await tx.project.findUniqueOrThrow({ where: { id: found.projectId } });
  const ref = {
    projectId: found.projectId,
    number: found.issueNumber,
    prefix: project.prefix,
    id: shortId(project.prefix, found.issueNumber),
  };
  // The issue is the lock: matching, merging and deciding all take it first.
  const issue = await lockIssue(tx, ref);
  const row = await tx.suggestion.findUnique({ where: { id: found.id } });
  if (!row) throw notFound('suggestion', id);
  return { row: { ...row, status: row.status as SuggestionStatus }, ref, issue };
}

function decide(row: Row, event: SuggestionEvent): void {
  const decision = nextSuggestion(row.status, event);
  if (!decision.ok) throw new AppError('conflict', decision.reason, { extra: { suggestion_status: row.status } });
}

async function mark(
  tx: Tx,
  row: Row,
  status: SuggestionStatus,
  decision: {
    viewer: Viewer;
    now: Date;
    note?: string | null;
    reason?: RejectReason;
    entryId?: number;
    edited?: number;
  },
): Promise<void> {
  const decided = status !== 'pending';
  const { count } = await tx.suggestion.updateMany({
    where: { id: row.id, status: row.status },
    data: {
      status,
      reason: decision.reason ?? null,
      ...(decision.note === undefined ? {} : { note: decision.note }),
      ...(decision.entryId === undefined ? {} : { entryId: decision.entryId }),
      ...(decision.edited === undefined ? {} : { editDistance: decision.edited }),
      decidedBy: decided ? decision.viewer.userId : null,
      decidedName: decided ? decision.viewer.name : null,
      decidedAt: decided ? decision.now : null,
    },
  });
  if (count === 0) throw new AppError('conflict', 'Somebody else decided this suggestion meanwhile. Load it again.');
}

/** The words accepting writes; null where the entry stays as it is. */
async function editedContent(tx: Tx, row: Row, patch: EntryPatch | undefined): Promise<EntryContent | null> {
  const draft = await proposedContent(tx, row);
  if (!patch) return draft;
  if (draft) return applyPatch(draft, patch);
  if (row.entryId === null) throw new AppError('conflict', 'This suggestion has neither an entry nor a draft.');
  return applyPatch((await currentEntry(tx, entryId(row.entryId), patch.version)).content, patch);
}

/** What the suggestion would write: a draft as it is, an update on top of the entry as it stands now. */
async function proposedContent(tx: Tx, row: Row): Promise<EntryContent | null> {
  if (row.draft === null) return null;
  const draft = storedContent(row.draft);
  if (row.kind !== 'update' || row.entryId === null) return draft;
  return withAdditions((await currentEntry(tx, entryId(row.entryId))).content, draft);
}

/** Changing the words of an entry solves no further issue: nothing is watched. */
async function finishUpdate(
  tx: Tx,
  row: Row,
  ref: IssueRef,
  { viewer, now, ip }: Pick<Call, 'viewer' | 'now' | 'ip'>,
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

/** How far the words to write are from those that were proposed, edits before this one included. */
async function distanceTo(tx: Tx, row: Row, content: EntryContent | null): Promise<number> {
  if (content === null) return row.editDistance ?? 0;
  const before =
    row.draft !== null
      ? storedContent(row.draft)
      : row.entryId === null
        ? content
        : (await currentEntry(tx, entryId(row.entryId))).content;
  return Math.min(1, (row.editDistance ?? 0) + editDistance(before, content));
}

async function supersedeOthers(tx: Tx, row: Row): Promise<string[]> {
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
  row: Row,
  entryNumber: number,
  issue: LockedIssue,
  viewer: Viewer,
  now: Date,
): Promise<bigint> {
  const { firstSeen, resolvedAt } = issue.state;
  const baseline = await fixBaseline(tx, row, { firstSeen, resolvedAt }, now);
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
      baselineRate: baselineRate(baseline),
      issueFirstSeen: firstSeen,
      resolvedAt,
    },
    select: { id: true },
  });
  return id;
}

async function withdrawFix(tx: Tx, row: Row, id: string): Promise<void> {
  const [point] = await tx.$queryRaw<
    { data: { superseded?: string[]; previous_entry?: number | null; previous_confidence?: number | null } }[]
  >`
    SELECT data FROM turning_point
    WHERE project_id = ${row.projectId} AND issue_number = ${row.issueNumber} AND kind = 'suggestion_accepted'
      AND data->>'suggestion' = ${id}
    ORDER BY at DESC, id DESC LIMIT 1`;
  const { count } = await tx.fix.deleteMany({ where: { suggestionId: row.id, verdict: 'watching' } });
  if (count === 0)
    throw new AppError('conflict', 'The fix has its verdict already; accepting it can no longer be taken back.');
  await tx.issue.updateMany({
    where: { projectId: row.projectId, number: row.issueNumber, knownEntryId: row.entryId },
    data: {
      knownEntryId: point?.data.previous_entry ?? null,
      knownConfidence: point?.data.previous_confidence ?? null,
      version: { increment: 1 },
    },
  });
  await tx.suggestion.updateMany({
    where: { id: { in: (point?.data.superseded ?? []).map(BigInt) }, status: 'superseded' },
    data: { status: 'pending' },
  });
}
