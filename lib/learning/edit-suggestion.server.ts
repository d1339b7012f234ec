import { recordAudit } from '../auth/record-audit.server';
import { assertCan } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { AppError } from '../errors';
import { type DecisionCall, lockSuggestion } from './decide-suggestion.server';
import { EDITED } from './draft-issue.server';
import type { Suggestion, SuggestionPatch } from './learning-schema';
import { getSuggestion } from './list-suggestions.server';
import { distanceTo, editedContent } from './suggested-content.server';

/** Changes the words that accepting would write, or the note. Only while it waits. */
export async function editSuggestion({
  viewer,
  id,
  patch,
  ip,
}: Omit<DecisionCall, 'now'> & { patch: SuggestionPatch }): Promise<Suggestion> {
  assertCan(viewer, 'review');
  await getDb().$transaction(async (tx) => {
    const { row } = await lockSuggestion(tx, id);
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
