import type { Scope } from '../auth/permissions';
import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { AppError } from '../errors';
import { getSettings } from '../settings/settings.server';
import { authorOfContent } from './entry-people.server';
import type { Entry } from './entry-schema';
import { type EntryEvent, next, type StatusAction } from './entry-state';
import { getEntry } from './get-entry.server';
import { notifyStatus } from './notify-status.server';
import { authorOf, currentEntry, type RevisionAction, stateOf, writeRevision } from './write-entry.server';

const RULES: Record<StatusAction, { scope: Scope; done: RevisionAction }> = {
  submit: { scope: 'write', done: 'submitted' },
  publish: { scope: 'review', done: 'published' },
  reject: { scope: 'review', done: 'rejected' },
  retire: { scope: 'review', done: 'retired' },
  verify: { scope: 'review', done: 'verified' },
};

/**
 * Submits, publishes, rejects, retires or verifies an entry. Committed when it answers, so that matching and `known_fix`
 * follow at once (both look at the status).
 * @throws AppError `forbidden`; `conflict` when the entry is not in a state for it; `version_conflict`.
 */
export async function changeStatus({
  viewer,
  id,
  action,
  reason = '',
  nextReview,
  version,
  now,
  ip,
}: {
  viewer: Viewer;
  id: string;
  action: StatusAction;
  reason?: string;
  /** For `verify`: when to look again; left out, ninety days on where the entry had a date. */
  nextReview?: string | null;
  version?: number;
  now: Date;
  ip?: string;
}): Promise<Entry> {
  const rule = RULES[action];
  assertCan(viewer, rule.scope);
  await getDb().$transaction(async (tx) => {
    const entry = await currentEntry(tx, id, version);
    const event: EntryEvent =
      action === 'publish'
        ? {
            kind: 'publish',
            fourEyes: {
              required: (await getSettings(tx)).four_eyes,
              actor: viewer.id,
              author: await authorOfContent(tx, entry.number),
            },
          }
        : action === 'verify'
          ? { kind: 'verify', nextReview }
          : { kind: action };
    const decision = next(stateOf(entry), event, now);
    if (!decision.ok) throw new AppError('conflict', decision.reason, { extra: { entry_status: entry.status } });
    await writeRevision(tx, entry, {
      content: entry.content,
      state: decision.state,
      action: rule.done,
      reason,
      author: authorOf(viewer),
      now,
    });
    await notifyStatus(tx, entry, { viewer, action, reason, now });
    await recordAudit({ viewer, action: `knowledge.${action}`, target: id, data: reason ? { reason } : {}, ip }, tx);
  });
  return getEntry({ viewer, id, now });
}
