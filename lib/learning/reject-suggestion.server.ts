import { randomUUID } from 'node:crypto';
import { recordAudit } from '../auth/record-audit.server';
import { assertCan } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { addTurningPoints } from '../issues/apply-change.server';
import { entryId } from '../knowledge/entry-words';
import { assertDecidable, type DecisionCall, lockSuggestion, markSuggestion } from './decide-suggestion.server';
import type { Suggestion } from './learning-schema';
import { getSuggestion } from './list-suggestions.server';
import { recordDecision } from './record-feedback.server';
import type { RejectReason } from './reject-reasons';

/** "It does not": the pair is not proposed again. @throws AppError as for accepting. */
export async function rejectSuggestion({
  viewer,
  id,
  reason,
  note,
  now,
  ip,
}: DecisionCall & { reason: RejectReason; note?: string | null }): Promise<Suggestion> {
  assertCan(viewer, 'review');
  await getDb().$transaction(async (tx) => {
    const { row, ref } = await lockSuggestion(tx, id);
    assertDecidable(row, 'reject');
    await markSuggestion(tx, row, 'rejected', { viewer, now, note, reason });
    // A rejected change of its words says nothing about whether the entry is the answer.
    const entry = row.kind === 'match' ? row.entryId : null;
    await recordDecision(tx, row, { suggestionId: row.id, entry, kind: 'rejected', reason, viewer, now });
    const data = { suggestion: id, entry: row.entryId === null ? null : entryId(row.entryId), reason };
    await addTurningPoints(tx, ref, [{ kind: 'suggestion_rejected', data }], { viewer, now, batch: randomUUID() });
    await recordAudit({ viewer, action: 'suggestion.reject', target: id, data: { issue: ref.id, reason }, ip }, tx);
  });
  return getSuggestion({ viewer, id });
}
