import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { AppError, notFound } from '../errors';
import { sameContent } from './content-hash';
import type { Entry, PreventionItem } from './entry-schema';
import { getEntry } from './get-entry.server';
import type { PreventionPatch } from './prevention-schema';
import { storable } from './storable-text';
import { authorOf, currentEntry, stateOf, writeRevision } from './write-entry.server';

/**
 * Ticks an item off, or changes its owner, date or link. A revision of its own kind: it is work done, not words changed,
 * so that a published entry stays published under four eyes.
 * @throws AppError `not_found`; `version_conflict` when that place holds another item by now.
 */
export async function changePrevention({
  viewer,
  id,
  n,
  patch,
  now,
  ip,
}: {
  viewer: Viewer;
  id: string;
  /** From 0. */
  n: number;
  patch: PreventionPatch;
  now: Date;
  ip?: string;
}): Promise<Entry> {
  assertCan(viewer, 'write');
  await getDb().$transaction(async (tx) => {
    const entry = await currentEntry(tx, id);
    const before = entry.content.prevention[n];
    if (!before) throw notFound('prevention item', `${n} of ${id}`);
    if (before.text !== patch.text)
      throw new AppError('version_conflict', `The prevention items of ${id} were changed meanwhile; read them again.`, {
        extra: { current_version: entry.version },
      });
    const after = storable(changedItem(before, patch));
    if (sameContent(before, after)) return;
    await writeRevision(tx, entry, {
      content: { ...entry.content, prevention: entry.content.prevention.with(n, after) },
      state: stateOf(entry),
      action: 'prevention',
      reason: reasonOf(before, after),
      author: authorOf(viewer),
      now,
    });
    await recordAudit({ viewer, action: 'knowledge.prevention', target: id, data: { n, done: after.done }, ip }, tx);
  });
  return getEntry({ viewer, id, now });
}

const changedItem = (item: PreventionItem, { text: _, ...change }: PreventionPatch): PreventionItem => {
  const wanted = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const merged = { ...item, ...wanted };
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== null && value !== ''),
  ) as unknown as PreventionItem;
};

function reasonOf(before: PreventionItem, after: PreventionItem): string {
  const what = before.done === after.done ? 'Changed' : after.done ? 'Done' : 'Open again';
  return `${what}: ${after.text.split('\n')[0]?.slice(0, 200)}`;
}
