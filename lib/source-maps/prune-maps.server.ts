import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { notFound } from '../errors';
import { log } from '../log.server';
import { readProjectSettings } from '../projects/project-settings';
import { DAY_MS } from '../time';
import { SOURCE_MAP_LIMITS } from './limits';
import { removeMap } from './map-files.server';
import { sourceMapsFolder } from './maps-folder.server';
import { chunksFolder } from './upload-chunks.server';

/** Uploads take this lock shared, whoever deletes files takes it alone: no file goes that an upload is about to name. */
export const SOURCE_MAP_LOCK = `hashtext('errata.source_map')`;

async function removeFiles(client: PoolClient, checksums: readonly string[]): Promise<void> {
  if (checksums.length === 0) return;
  await client.query(`SELECT pg_advisory_xact_lock(${SOURCE_MAP_LOCK})`);
  const { rows } = await client.query<{ checksum: string }>(
    'SELECT DISTINCT checksum FROM source_map WHERE checksum = ANY($1)',
    [checksums],
  );
  const kept = new Set(rows.map(({ checksum }) => checksum));
  const folder = sourceMapsFolder();
  for (const checksum of checksums) if (!kept.has(checksum)) await removeMap(folder, checksum);
}

/** Deletes maps and those of their files that no other shares. @returns how many maps. */
async function deleteWhere(condition: string, values: unknown[]): Promise<number> {
  const client = await getPool().connect();
  try {
    const { rows } = await client.query<{ checksum: string }>(
      `DELETE FROM source_map WHERE ${condition} RETURNING checksum`,
      values,
    );
    await client.query('BEGIN');
    await removeFiles(client, [...new Set(rows.map(({ checksum }) => checksum))]);
    await client.query('COMMIT');
    return rows.length;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/** Deletes the maps of a release; without `dist` those of all its builds. @throws AppError `not_found`. */
export async function deleteSourceMaps({
  viewer,
  projectId,
  release,
  dist,
}: {
  viewer: Viewer;
  projectId: number;
  release: string;
  dist?: string | undefined;
}): Promise<void> {
  assertCan(viewer, 'write');
  const count = await deleteWhere('project_id = $1 AND release = $2 AND ($3::text IS NULL OR dist = $3)', [
    projectId,
    release,
    dist ?? null,
  ]);
  if (count === 0) throw notFound('source map of release', release || '(debug ids)');
  await recordAudit({
    viewer,
    action: 'source_maps.delete',
    target: release || '(debug ids)',
    data: { project: projectId, scripts: count },
  });
}

const SURPLUS = `
  id IN (SELECT id FROM (
    SELECT id, sum(size::bigint) OVER (ORDER BY used_at DESC, id DESC) AS upTo FROM source_map WHERE project_id = $1
  ) ranked WHERE upTo > $2)`;

/** The maps used longest ago give way to those a project has beyond its share. */
export const makeRoom = (projectId: number, share: number = SOURCE_MAP_LIMITS.project): Promise<number> =>
  deleteWhere(SURPLUS, [projectId, share]);

/** Files older than a day that nothing names: of an upload that failed, or a project that is gone. */
async function removeStrays(folder: string, now: Date): Promise<void> {
  const old = now.getTime() - DAY_MS;
  for (const part of await readdir(folder).catch(() => [])) {
    if (part.length !== 2) continue;
    const stray: string[] = [];
    for (const name of await readdir(join(folder, part)).catch(() => [])) {
      const found = await stat(join(folder, part, name)).catch(() => null);
      if (found && found.mtimeMs < old) stray.push(name);
    }
    const client = await getPool().connect();
    try {
      await client.query('BEGIN');
      await removeFiles(client, stray);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  }
}

async function removeOldChunks(now: Date): Promise<void> {
  const folder = chunksFolder();
  for (const name of await readdir(folder).catch(() => [])) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found && found.mtimeMs < now.getTime() - DAY_MS) await rm(join(folder, name), { force: true });
  }
}

/**
 * Deletes maps that no event has asked for as long as their project keeps events, and what is left of uploads that were
 * never finished. Idempotent.
 */
export async function pruneSourceMaps(now: Date = new Date()): Promise<number> {
  const { rows } = await getPool().query<{ id: number; settings: unknown }>('SELECT id, settings FROM project');
  let deleted = 0;
  for (const { id, settings } of rows) {
    const before = new Date(now.getTime() - readProjectSettings(settings).retention_days * DAY_MS);
    deleted += await deleteWhere('project_id = $1 AND used_at < $2', [id, before]);
    deleted += await makeRoom(id);
  }
  await removeStrays(sourceMapsFolder(), now);
  await removeOldChunks(now);
  if (deleted > 0) log().info({ deleted }, 'Source maps that nothing asks for were deleted');
  return deleted;
}
