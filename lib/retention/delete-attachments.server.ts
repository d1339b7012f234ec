import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import { env } from '../env.server';

/**
 * Deletes a project's attachments that came before `before`, and those of their files that no other attachment shares.
 * @returns how many attachments.
 */
export async function deleteAttachments(client: PoolClient, projectId: number, before: Date): Promise<number> {
  const { rows } = await client.query<{ sha256: string }>(
    'DELETE FROM event_attachment WHERE project_id = $1 AND received_at < $2 RETURNING sha256',
    [projectId, before],
  );
  const gone = [...new Set(rows.map((row) => row.sha256))];
  if (gone.length === 0) return 0;
  const shared = await client.query<{ sha256: string }>(
    'SELECT DISTINCT sha256 FROM event_attachment WHERE project_id = $1 AND sha256 = ANY($2)',
    [projectId, gone],
  );
  const kept = new Set(shared.rows.map((row) => row.sha256));
  const folder = join(env().ERRATA_DATA_DIR ?? '.errata', 'attachments', String(projectId));
  for (const name of gone) if (!kept.has(name)) await rm(join(folder, name.slice(0, 2), name), { force: true });
  return rows.length;
}
