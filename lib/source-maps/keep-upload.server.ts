import type { PoolClient } from 'pg';
import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { AppError, notFound } from '../errors';
import {
  type BundledScript,
  bundleScripts,
  type Manifest,
  readManifest,
  type ScriptTail,
  type StoredMap,
} from './bundle-scripts';
import { writeMap } from './map-files.server';
import { sourceMapsFolder } from './maps-folder.server';
import { originless, parseDebugId, scriptName } from './minified-url';
import { makeRoom, SOURCE_MAP_LOCK } from './prune-maps.server';
import type { SourceMapUpload } from './source-map-schema';
import { unzip } from './unzip.server';

/** What an upload says of itself beside its files. */
export interface UploadOf {
  release: string;
  dist: string;
  /** Address of a single map's script, or where the root of an archive is served. */
  url?: string | undefined;
}

const MAX_SKIPPED = 100;

interface Reading {
  manifest: Manifest | null;
  tails: ScriptTail[];
  maps: StoredMap[];
  skipped: SourceMapUpload['skipped'];
}

/** Why it is no map; null for one. Its debug id comes along, as all else of it stays unread. */
function inspect(bytes: Uint8Array): { why: string } | { debugId: string | null } {
  let json: unknown;
  try {
    const text = new TextDecoder().decode(bytes);
    json = JSON.parse(text.startsWith(")]}'") ? text.slice(text.indexOf('\n') + 1) : text);
  } catch {
    return { why: 'not JSON' };
  }
  const map = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  if (typeof map.mappings !== 'string' && !Array.isArray(map.sections)) return { why: 'no source map: no mappings' };
  return { debugId: parseDebugId(map.debug_id) ?? parseDebugId(map.debugId) };
}

async function takeMap(reading: Reading, folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const seen = inspect(bytes);
  if ('why' in seen) {
    if (reading.skipped.length < MAX_SKIPPED) reading.skipped.push({ file: path.slice(0, 500), why: seen.why });
    return;
  }
  const checksum = await writeMap(folder, bytes);
  reading.maps.push({ path, checksum, size: bytes.length, debugId: seen.debugId });
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;
const BUNDLE_HEADER = 8;
const isBundle = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'SYSB';

async function readArchive(archive: Uint8Array, folder: string): Promise<Reading> {
  const reading: Reading = { manifest: null, tails: [], maps: [], skipped: [] };
  await unzip(archive, async ({ path, bytes }) => {
    if (path === 'manifest.json') reading.manifest = readManifest(new TextDecoder().decode(bytes));
    else if (/\.map$/i.test(path)) await takeMap(reading, folder, path, bytes);
    else if (!/\.json$/i.test(path)) reading.tails.push({ path, text: new TextDecoder().decode(bytes) });
  });
  // Bundles keep maps under any name; the manifest tells them.
  return reading;
}

async function readSingle(bytes: Uint8Array, folder: string, url: string | undefined): Promise<Reading> {
  const reading: Reading = { manifest: null, tails: [], maps: [], skipped: [] };
  await takeMap(
    reading,
    folder,
    url
      ? `${originless(url)
          .replace(/^~\//, '')
          .replace(/\.map$/, '')}.map`
      : 'map',
    bytes,
  );
  const [skipped] = reading.skipped;
  if (skipped) throw new AppError('bad_request', `This is neither a zip archive nor a source map: ${skipped.why}.`);
  if (!url && !reading.maps[0]?.debugId)
    throw new AppError('validation_failed', 'url: expected the address of the script that the map belongs to', {
      errors: [{ field: 'url', message: 'expected the address of the script that the map belongs to' }],
    });
  return reading;
}

const INSERT = `
  INSERT INTO source_map (project_id, release, dist, url, name, debug_id, checksum, size, created_at, used_at)
  SELECT $1, $2, $3, url, name, debug_id, checksum, size, $4, $4
  FROM jsonb_to_recordset($5::jsonb) AS s(url text, name text, debug_id uuid, checksum text, size integer)
  ON CONFLICT `;
const REPLACE =
  'DO UPDATE SET url = excluded.url, name = excluded.name, checksum = excluded.checksum, size = excluded.size, created_at = excluded.created_at, used_at = excluded.used_at';
const BY_URL = `${INSERT} (project_id, release, dist, url) WHERE debug_id IS NULL ${REPLACE}`;
const BY_DEBUG_ID = `${INSERT} (project_id, debug_id, release, dist) WHERE debug_id IS NOT NULL ${REPLACE}`;

async function insert(
  client: PoolClient,
  projectId: number,
  { release, dist }: UploadOf,
  scripts: readonly BundledScript[],
  now: Date,
): Promise<void> {
  const rows = (those: readonly BundledScript[]): string =>
    JSON.stringify(
      those.map(({ debugId, ...script }) => ({ ...script, name: scriptName(script.url), debug_id: debugId })),
    );
  const named = scripts.filter(({ debugId }) => debugId === null);
  const identified = scripts.filter(({ debugId }) => debugId !== null);
  if (named.length > 0) await client.query(BY_URL, [projectId, release, dist, now, rows(named)]);
  if (identified.length > 0) await client.query(BY_DEBUG_ID, [projectId, release, dist, now, rows(identified)]);
}

/** Number of a project, by id or slug. @throws AppError `not_found`. */
export async function projectNumber(project: string): Promise<number> {
  const { rows } = await getPool().query<{ id: number }>('SELECT id FROM project WHERE slug = $1 OR id::text = $1', [
    project,
  ]);
  if (!rows[0]) throw notFound('project', project.slice(0, 100));
  return rows[0].id;
}

/**
 * Keeps what an upload holds: a zip of scripts and maps, an artifact bundle of Sentry's tools, or one map. What was there
 * for the same script is replaced. @throws AppError `bad_request`, `payload_too_large`, `validation_failed`.
 */
export async function keepUpload({
  viewer,
  projectId,
  bytes,
  of,
  now,
}: {
  viewer: Viewer;
  projectId: number;
  bytes: Uint8Array;
  of: UploadOf;
  now: Date;
}): Promise<SourceMapUpload> {
  assertCan(viewer, 'write');
  const folder = sourceMapsFolder();
  const archive = isBundle(bytes) ? bytes.subarray(BUNDLE_HEADER) : bytes;
  const client = await getPool().connect();
  try {
    await client.query('BEGIN');
    await client.query(`SELECT pg_advisory_xact_lock_shared(${SOURCE_MAP_LOCK})`);
    const reading = isZip(archive) ? await readArchive(archive, folder) : await readSingle(archive, folder, of.url);
    const prefix = isZip(archive) ? (of.url ?? '~') : '~';
    const of_ = {
      release: of.release || reading.manifest?.release?.slice(0, 200) || '',
      dist: of.dist || reading.manifest?.dist?.slice(0, 64) || '',
    };
    const all = bundleScripts({ ...reading, prefix });
    // Without a release nothing but a debug id could ever find it.
    const scripts = of_.release === '' ? all.filter(({ debugId }) => debugId !== null) : all;
    for (const { url } of all.filter((script) => !scripts.includes(script)).slice(0, MAX_SKIPPED))
      reading.skipped.push({ file: url, why: 'neither a release nor a debug id' });
    await insert(client, projectId, of_, scripts, now);
    await client.query('COMMIT');
    await recordAudit({
      viewer,
      action: 'source_maps.upload',
      target: of_.release || '(debug ids)',
      data: { project: projectId, scripts: scripts.length },
    });
    await makeRoom(projectId);
    return {
      ...of_,
      stored: scripts.map(({ url, debugId, size }) => ({ url, debug_id: debugId, size })),
      skipped: reading.skipped,
    };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
