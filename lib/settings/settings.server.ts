import type { z } from 'zod';
import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { type settingsUpdateSchema, type WorkspaceSettings, workspaceSettingsSchema } from './settings-schema';

const KEY = 'workspace';

/** The workspace's settings, with defaults for what was never set. */
export async function getSettings(tx: Tx = getDb()): Promise<WorkspaceSettings> {
  const row = await tx.setting.findUnique({ where: { key: KEY } });
  return workspaceSettingsSchema.parse(row?.value ?? {});
}

export async function updateSettings({
  viewer,
  changes,
}: {
  viewer: Viewer;
  changes: z.output<typeof settingsUpdateSchema>;
}): Promise<WorkspaceSettings> {
  assertCan(viewer, 'admin');
  return getDb().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('errata.settings'))`;
    const value = workspaceSettingsSchema.parse({ ...(await getSettings(tx)), ...changes });
    await tx.setting.upsert({ where: { key: KEY }, create: { key: KEY, value }, update: { value } });
    await recordAudit({ viewer, action: 'settings.update', target: 'workspace', data: changes }, tx);
    return value;
  });
}
