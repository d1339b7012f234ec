import type { Viewer } from '../auth/viewer';
import type { Tx } from '../db/client.server';
import { notify, reviewerIds } from '../notifications/notify.server';
import { caretakers } from './entry-people.server';
import type { StatusAction } from './entry-state';
import { entryId } from './entry-words';
import type { CurrentEntry } from './write-entry.server';

/** Tells those whom a step of the review concerns: reviewers of what waits, writer and owner of what came of it. */
export async function notifyStatus(
  tx: Tx,
  entry: CurrentEntry,
  { viewer, action, reason, now }: { viewer: Viewer; action: StatusAction; reason: string; now: Date },
): Promise<void> {
  const id = entryId(entry.number);
  const about = { detail: reason || entry.content.title, actor: { id: viewer.userId, name: viewer.name }, now };
  if (action === 'submit')
    await notify(tx, await reviewerIds(tx), {
      ...about,
      kind: 'review_requested',
      title: `${id} waits for review: ${entry.content.title}`,
      detail: reason,
      href: `/knowledge/${id}#review`,
    });
  if (action === 'reject')
    await notify(tx, await caretakers(tx, entry.number), {
      ...about,
      kind: 'changes_requested',
      title: `${viewer.name} asks for changes to ${id}`,
      href: `/knowledge/${id}#review`,
    });
  if (action === 'publish')
    await notify(tx, await caretakers(tx, entry.number), {
      ...about,
      kind: 'entry_published',
      title: `${viewer.name} published ${id}`,
      href: `/knowledge/${id}`,
    });
}
