import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { notFound } from '../errors';
import { DAY_MS } from '../time';
import type { ProjectDrops } from './drop-schema';

/** What a project's clients and its own filters threw away within `days` days. @throws AppError `not_found`. */
export async function projectDrops({
  viewer,
  projectId,
  days,
  now,
}: {
  viewer: Viewer;
  /** Id or slug. */
  projectId: string;
  days: number;
  now: Date;
}): Promise<ProjectDrops> {
  assertCan(viewer, 'read');
  const column = /^\d{1,9}$/.test(projectId) ? 'id = $1::int' : 'slug = $1';
  const project = await getPool().query<{ id: number }>(`SELECT id FROM project WHERE ${column}`, [projectId]);
  const id = project.rows[0]?.id;
  if (id === undefined) throw notFound('project', projectId);
  const since = new Date(now.getTime() - (days - 1) * DAY_MS).toISOString().slice(0, 10);
  const [items, filters] = await Promise.all([
    getPool().query<ProjectDrops['items'][number]>(
      `SELECT source, reason, category, sum(count)::float8 AS count FROM discarded_item
       WHERE project_id = $1 AND day >= $2::date GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3 LIMIT 200`,
      [id, since],
    ),
    getPool().query<ProjectDrops['filters'][number]>(
      `SELECT filter, sum(count)::float8 AS count FROM filter_drop
       WHERE project_id = $1 AND day >= $2::date GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 200`,
      [id, since],
    ),
  ]);
  return { days, items: items.rows, filters: filters.rows };
}
