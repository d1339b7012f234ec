import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { type ImportLabel, importLabelsSchema } from './import-labels';

const KEY = 'knowledge.import_labels';

/** The team's own words for the fields of an entry. */
export async function getImportLabels(tx: Tx = getDb()): Promise<ImportLabel[]> {
  const row = await tx.setting.findUnique({ where: { key: KEY } });
  return importLabelsSchema.parse(row?.value ?? []);
}

/** Replaces them all. */
export async function putImportLabels({
  viewer,
  labels,
  ip,
}: {
  viewer: Viewer;
  labels: ImportLabel[];
  ip?: string;
}): Promise<ImportLabel[]> {
  assertCan(viewer, 'review');
  return getDb().$transaction(async (tx) => {
    await tx.setting.upsert({ where: { key: KEY }, create: { key: KEY, value: labels }, update: { value: labels } });
    await recordAudit(
      { viewer, action: 'knowledge.labels', target: 'import', data: { labels: labels.length }, ip },
      tx,
    );
    return labels;
  });
}
