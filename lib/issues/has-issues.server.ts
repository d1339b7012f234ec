import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';

/** Whether anything was ever captured. */
export async function hasIssues({ viewer }: { viewer: Viewer }): Promise<boolean> {
  assertCan(viewer, 'read');
  const { rows } = await getPool().query<{ any: boolean }>('SELECT EXISTS (SELECT 1 FROM issue) AS any');
  return rows[0]?.any ?? false;
}
