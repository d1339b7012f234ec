import type { Viewer } from '../auth/viewer';
import type { Tx } from '../db/client.server';
import { AppError, notFound } from '../errors';
import { type LockedIssue, lockIssue } from '../issues/apply-change.server';
import type { IssueRef } from '../issues/find-issue.server';
import { shortId } from '../projects/project-schema';
import type { RejectReason } from './reject-reasons';
import { nextSuggestion, type SuggestionEvent, type SuggestionStatus } from './suggestion-state';

/** The part that deciding a suggestion has in common, whatever the decision. */
export interface DecisionCall {
  viewer: Viewer;
  id: string;
  now: Date;
  ip?: string;
}

export interface SuggestionRow {
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

/** Locks the issue of a suggestion and reads both. @throws AppError `not_found`. */
export async function lockSuggestion(
  tx: Tx,
  id: string,
): Promise<{ row: SuggestionRow; ref: IssueRef; issue: LockedIssue }> {
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

/** @throws AppError `conflict` where its state does not allow that. */
export function assertDecidable(row: SuggestionRow, event: SuggestionEvent): void {
  const decision = nextSuggestion(row.status, event);
  if (!decision.ok) throw new AppError('conflict', decision.reason, { extra: { suggestion_status: row.status } });
}

/** Writes the decision. @throws AppError `conflict` when somebody else decided meanwhile. */
export async function markSuggestion(
  tx: Tx,
  row: SuggestionRow,
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
