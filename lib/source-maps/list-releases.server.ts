import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import type { SourceMapRelease } from './source-map-schema';

const MOST = 500;

interface Columns {
  release: string;
  dist: string;
  scripts: number;
  bytes: string;
  uploaded_at: Date;
  used_at: Date;
}

/** Releases of a project that have maps, the latest upload first. */
export async function listSourceMapReleases({
  viewer,
  projectId,
}: {
  viewer: Viewer;
  projectId: number;
}): Promise<SourceMapRelease[]> {
  assertCan(viewer, 'read');
  const { rows } = await getPool().query<Columns>(
    `SELECT release, dist, count(*)::integer AS scripts, sum(size::bigint) AS bytes,
       max(created_at) AS uploaded_at, max(used_at) AS used_at
     FROM source_map WHERE project_id = $1 GROUP BY release, dist ORDER BY uploaded_at DESC, release LIMIT ${MOST}`,
    [projectId],
  );
  return rows.map(({ release, dist, scripts, bytes, uploaded_at, used_at }) => ({
    release,
    dist,
    scripts,
    bytes: Number(bytes),
    uploaded_at: uploaded_at.toISOString(),
    used_at: used_at.toISOString(),
  }));
}
