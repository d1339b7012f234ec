import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from './issue-conditions';
import { projectCondition } from './list-issues.server';
import type { ValueKey } from './suggest-query';

const MOST = 10;

const COLUMNS: Record<ValueKey, string> = {
  service: 'i.service',
  environment: 'i.environment',
  release: 'i.last_release',
  project: 'p.slug',
  type: 'i.type',
  platform: 'i.platform',
  culprit: 'i.culprit',
  assigned: 'u.email',
};

/** The values of a condition among the issues that begin as typed, those of most issues first. */
export async function listValues({
  viewer,
  key,
  prefix,
  project,
}: {
  viewer: Viewer;
  key: ValueKey;
  prefix: string;
  project?: string;
}): Promise<{ value: string; count: number }[]> {
  assertCan(viewer, 'read');
  const values = new Values();
  const column = COLUMNS[key];
  const conditions = [`i.merged_into IS NULL`, `${column} <> ''`];
  if (prefix) conditions.push(`${column} ILIKE ${values.add(`${prefix.replace(/[\\%_]/g, '\\$&')}%`)}`);
  if (project) conditions.push(projectCondition(project, values));
  const { rows } = await getPool().query<{ value: string; count: number }>(
    `SELECT ${column} AS value, count(*)::int AS count
     FROM issue i JOIN project p ON p.id = i.project_id ${key === 'assigned' ? 'JOIN app_user u ON u.id = i.assignee_id' : ''}
     WHERE ${conditions.join(' AND ')} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MOST}`,
    values.list,
  );
  return rows;
}
