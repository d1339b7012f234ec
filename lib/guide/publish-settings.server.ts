import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { publishFolder, publishRoots } from './publish-place.server';
import {
  type Publishing,
  type PublishSettings,
  type PublishStatus,
  publishSettingsSchema,
  publishStatusSchema,
} from './publish-schema';

const SETTINGS_KEY = 'guide.publish';
const STATUS_KEY = 'guide.publish.status';

export async function readPublishSettings(tx: Tx = getDb()): Promise<PublishSettings> {
  const row = await tx.setting.findUnique({ where: { key: SETTINGS_KEY } });
  return publishSettingsSchema.parse(row?.value ?? {});
}

export async function readPublishStatus(tx: Tx = getDb()): Promise<PublishStatus> {
  const row = await tx.setting.findUnique({ where: { key: STATUS_KEY } });
  return publishStatusSchema.parse(row?.value ?? {});
}

export async function writePublishStatus(value: PublishStatus): Promise<void> {
  await getDb().setting.upsert({ where: { key: STATUS_KEY }, create: { key: STATUS_KEY, value }, update: { value } });
}

/** Where and when the guide is published, and how the last run went. */
export async function getPublishing({ viewer }: { viewer: Viewer }): Promise<Publishing> {
  assertCan(viewer, 'admin');
  const [settings, status] = await Promise.all([readPublishSettings(), readPublishStatus()]);
  return { settings, status, roots: publishRoots() };
}

/** @throws AppError `validation_failed` for a folder the operator did not allow. */
export async function putPublishing({
  viewer,
  settings,
  ip,
}: {
  viewer: Viewer;
  settings: PublishSettings;
  ip?: string;
}): Promise<Publishing> {
  assertCan(viewer, 'admin');
  if (settings.enabled) await publishFolder(settings.path);
  await getDb().$transaction(async (tx) => {
    await tx.setting.upsert({
      where: { key: SETTINGS_KEY },
      create: { key: SETTINGS_KEY, value: settings },
      update: { value: settings },
    });
    await recordAudit({ viewer, action: 'guide.publishing', target: settings.path, data: settings, ip }, tx);
  });
  return getPublishing({ viewer });
}
