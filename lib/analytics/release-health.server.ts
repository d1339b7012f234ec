import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { notFound } from '../errors';
import { Values } from '../issues/issue-conditions';
import { ISSUE_COLUMNS, ISSUE_JOINS, type IssueColumns, toIssue } from '../issues/issue-row';
import type { Issue } from '../issues/issue-schema';
import { projectCondition } from '../issues/list-issues.server';
import type { AnalyticsScope } from './analytics-scope';
import type { ReleaseDetail } from './release-schema';
import { type ReleaseColumns, releaseRows, toRelease } from './releases.server';

const MOST_ISSUES = 50;

async function findRelease(
  scope: AnalyticsScope,
  project: string,
  version: string,
): Promise<ReleaseColumns | undefined> {
  const values = new Values();
  const rows = releaseRows(scope, projectCondition(project, values), values, version);
  const { rows: found } = await getPool().query<ReleaseColumns>(
    `${rows} WHERE f.version = ${values.add(version)} LIMIT 1`,
    values.list,
  );
  return found[0];
}

/** The release whose first event came last before this one's. */
async function findPrevious({ project_id, first_seen, version }: ReleaseColumns): Promise<string | null> {
  if (!first_seen) return null;
  const { rows } = await getPool().query<{ version: string }>(
    `SELECT version FROM release WHERE project_id = $1 AND (first_seen, version) < ($2, $3)
     ORDER BY first_seen DESC, version DESC LIMIT 1`,
    [project_id, first_seen, version],
  );
  return rows[0]?.version ?? null;
}

async function listDays(
  { project_id, version }: ReleaseColumns,
  { range, environment }: AnalyticsScope,
): Promise<ReleaseDetail['days']> {
  const { rows } = await getPool().query<{ day: string; started: string; crashed: string }>(
    `SELECT d::date::text AS day, coalesce(sum(s.started), 0) AS started, coalesce(sum(s.crashed), 0) AS crashed
     FROM generate_series($3::date::timestamp, $4::date::timestamp, interval '1 day') d
     LEFT JOIN release_session s ON s.project_id = $1 AND s.release = $2 AND s.day = d::date
       AND ($5::text IS NULL OR s.environment = $5)
     GROUP BY 1 ORDER BY 1`,
    [
      project_id,
      version,
      range.from.toISOString().slice(0, 10),
      range.to.toISOString().slice(0, 10),
      environment ?? null,
    ],
  );
  return rows.map(({ day, started, crashed }) => ({ day, started: Number(started), crashed: Number(crashed) }));
}

async function listIssuesOf(condition: string, values: unknown[]): Promise<Issue[]> {
  const { rows } = await getPool().query<IssueColumns>(
    `SELECT ${ISSUE_COLUMNS} FROM issue i ${ISSUE_JOINS}
     WHERE i.project_id = $1 AND i.merged_into IS NULL AND ${condition}
     ORDER BY i.event_count DESC, i.number LIMIT ${MOST_ISSUES}`,
    values,
  );
  return rows.map(toIssue);
}

/**
 * One release: how its sessions went, the issues it brought, and those resolved in it (also those that were to be
 * resolved in the release after the one before). @throws AppError `not_found` for one that never sent anything.
 */
export async function releaseHealth({
  viewer,
  project,
  version,
  scope,
}: {
  viewer: Viewer;
  /** Slug or id. */
  project: string;
  version: string;
  scope: AnalyticsScope;
}): Promise<ReleaseDetail> {
  assertCan(viewer, 'read');
  const row = await findRelease(scope, project, version);
  if (!row) throw notFound('release', version);
  const previous = await findPrevious(row);
  const [days, brought, resolved] = await Promise.all([
    listDays(row, scope),
    listIssuesOf('i.first_release = $2', [row.project_id, version]),
    listIssuesOf(
      `i.status = 'resolved' AND ((i.resolved_mode = 'release' AND i.resolved_release = $2)
         OR (i.resolved_mode = 'next_release' AND i.resolved_release = $3::text))`,
      [row.project_id, version, previous],
    ),
  ]);
  return { ...toRelease(row), previous, days, new: brought, resolved };
}
