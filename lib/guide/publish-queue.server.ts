import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { AppError } from '../errors';
import { enqueue } from '../jobs/enqueue.server';
import { readPublishSettings } from './publish-settings.server';

/** Several changes in a row become one commit. */
const SETTLE_MS = 20_000;

/** Adds a run to the queue; one that waits already is moved. */
export const queuePublish = (tx: Tx, runAt?: Date): Promise<void> =>
  enqueue(tx, 'guide.publish', {}, { key: 'guide.publish', runAt });

/** Knowledge or a section of the guide changed. */
export async function publishAfterChange(now = new Date(), tx: Tx = getDb()): Promise<void> {
  const settings = await readPublishSettings(tx);
  if (settings.enabled && settings.schedule === 'change') await queuePublish(tx, new Date(now.getTime() + SETTLE_MS));
}

/** Somebody asks for it now. @throws AppError `conflict` when nothing is set up. */
export async function requestPublish({ viewer }: { viewer: Viewer }): Promise<{ queued: true }> {
  assertCan(viewer, 'admin');
  if (!(await readPublishSettings()).enabled)
    throw new AppError('conflict', 'Publishing is switched off: say where the guide is to go first.');
  await queuePublish(getDb());
  return { queued: true };
}
