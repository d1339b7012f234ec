import type { Pool } from 'pg';
import type { FoundMap, Script } from './choose-map';
import { scriptName } from './minified-url';

const FIND = `
  SELECT id, release, dist, url, name, debug_id, checksum, created_at FROM source_map
  WHERE project_id = $1 AND debug_id = ANY($2::uuid[])
  UNION
  SELECT id, release, dist, url, name, debug_id, checksum, created_at FROM source_map
  WHERE project_id = $1 AND release <> ''
    AND (release, name) IN (SELECT * FROM unnest($3::text[], $4::text[]))`;

/** Scripts of one name in one release that are looked at; `index.js` may be there often. */
const MAX_ROWS = 5000;

/** All maps that one of the scripts may mean, the latest upload first. */
export async function findMaps(pool: Pool, projectId: number, scripts: readonly Script[]): Promise<FoundMap[]> {
  const named = scripts.filter(({ release }) => release !== '');
  const { rows } = await pool.query<FoundMap>({
    name: 'find_maps',
    text: `${FIND} ORDER BY created_at DESC, id DESC LIMIT ${MAX_ROWS}`,
    values: [
      projectId,
      scripts.flatMap(({ debugId }) => debugId ?? []),
      named.map(({ release }) => release),
      named.map(({ url }) => scriptName(url)),
    ],
  });
  return rows;
}

/** Whether the project has any map at all. */
export async function hasMaps(pool: Pool, projectId: number): Promise<boolean> {
  const { rows } = await pool.query<{ found: boolean }>({
    name: 'has_maps',
    text: 'SELECT EXISTS (SELECT FROM source_map WHERE project_id = $1) AS found',
    values: [projectId],
  });
  return rows[0]?.found === true;
}
