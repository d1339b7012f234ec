import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from './issue-conditions';
import { projectCondition } from './list-issues.server';
import type { VALUE_KEYS, ValueKey } from './suggest-query';

const MOST = 10;

/** Counting stops here: a name that this many have is a common one. */
const ENOUGH = 1000;

const COLUMNS: Record<(typeof VALUE_KEYS)[number], string> = {
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
  if (key === 'tag') return listTagNames(prefix);
  if (isTag(key)) return listTagValues(key.slice(4), prefix, project);
  const values = new Values();
  const column = COLUMNS[key];
  const conditions = [`i.merged_into IS NULL`, `${column} <> ''`];
  if (prefix) conditions.push(`${column} ILIKE ${values.add(beginning(prefix))}`);
  if (project) conditions.push(projectCondition(project, values));
  const { rows } = await getPool().query<{ value: string; count: number }>(
    `SELECT ${column} AS value, count(*)::int AS count
     FROM issue i JOIN project p ON p.id = i.project_id ${key === 'assigned' ? 'JOIN app_user u ON u.id = i.assignee_id' : ''}
     WHERE ${conditions.join(' AND ')} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MOST}`,
    values.list,
  );
  return rows;
}

const beginning = (prefix: string): string => `${prefix.replace(/[\\%_]/g, '\\$&')}%`;
const isTag = (key: ValueKey): key is `tag.${string}` => key.startsWith('tag.');

/** Steps from name to name along the index: there are few names and many rows. */
async function listTagNames(prefix: string): Promise<{ value: string; count: number }[]> {
  const { rows } = await getPool().query<{ value: string; count: number }>(
    `WITH RECURSIVE names AS (
       (SELECT key FROM issue_tag ORDER BY key LIMIT 1)
       UNION ALL
       SELECT (SELECT t.key FROM issue_tag t WHERE t.key > n.key ORDER BY t.key LIMIT 1) FROM names n WHERE n.key IS NOT NULL)
     SELECT n.key AS value, (SELECT count(*) FROM (SELECT FROM issue_tag t WHERE t.key = n.key LIMIT ${ENOUGH}) c)::int AS count
     FROM (SELECT key FROM names LIMIT ${ENOUGH}) n WHERE n.key ILIKE $1 ORDER BY 2 DESC, 1 LIMIT ${MOST}`,
    [beginning(prefix)],
  );
  return rows;
}

async function listTagValues(
  name: string,
  prefix: string,
  project?: string,
): Promise<{ value: string; count: number }[]> {
  const values = new Values();
  const conditions = [
    `t.key = ${values.add(name)}`,
    `lower(t.value) LIKE ${values.add(beginning(prefix.toLowerCase()))}`,
  ];
  if (project) conditions.push(projectCondition(project, values));
  const { rows } = await getPool().query<{ value: string; count: number }>(
    `SELECT t.value, count(*)::int AS count FROM issue_tag t ${project ? 'JOIN project p ON p.id = t.project_id' : ''}
     WHERE ${conditions.join(' AND ')} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MOST}`,
    values.list,
  );
  return rows;
}
