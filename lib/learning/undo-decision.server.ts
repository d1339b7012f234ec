import { randomUUID } from 'node:crypto';
import { recordAudit } from '../auth/record-audit.server';
import { assertCan } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { AppError } from '../errors';
import { addTurningPoints } from '../issues/apply-change.server';
import {
  assertDecidable,
  type DecisionCall,
  lockSuggestion,
  markSuggestion,
  type SuggestionRow,
} from './decide-suggestion.server';
import type { Suggestion } from './learning-schema';
import { getSuggestion } from './list-suggestions.server';
import { withdrawDecision } from './record-feedback.server';

/**
 * Takes a decision back: the suggestion waits again. An acceptance can be taken back while its fix is still watched; an
 * entry it published stays published.
 */
export async function undoDecision({ viewer, id, now, ip }: DecisionCall): Promise<Suggestion> {
  assertCan(viewer, 'review');
  await getDb().$transaction(async (tx) => {
    const { row, ref } = await lockSuggestion(tx, id);
    assertDecidable(row, 'undo');
    if (row.kind === 'update' && row.status === 'accepted')
      throw new AppError('conflict', 'The entry was changed. Restore its revision before, if that was wrong.');
    if (row.status === 'accepted') await withdrawFix(tx, row, id);
    await withdrawDecision(tx, row.id);
    await markSuggestion(tx, row, 'pending', { viewer, now });
    const data = { undid: `suggestion_${row.status}`, suggestion: id };
    await addTurningPoints(tx, ref, [{ kind: 'undone', data }], { viewer, now, batch: randomUUID() });
    await recordAudit({ viewer, action: 'suggestion.undo', target: id, data: { issue: ref.id }, ip }, tx);
  });
  return getSuggestion({ viewer, id });
}

async function withdrawFix(tx: Tx, row: SuggestionRow, id: string): Promise<void> {
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
