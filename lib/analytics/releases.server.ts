import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { decodeCursor, type Page, type PageQuery, toPage } from '../http/pagination';
import { Values } from '../issues/issue-conditions';
import { projectCondition } from '../issues/list-issues.server';
import type { AnalyticsScope } from './analytics-scope';
import type { Release } from './release-schema';

/** What `RELEASE_COLUMNS` selects. */
export interface ReleaseColumns {
  project_id: number;
  slug: string;
  version: string;
  first_seen: Date | null;
  last_seen: Date | null;
  since: Date;
  events: string;
  started: string;
  errored: string;
  crashed: string;
  abnormal: string;
  all_started: string;
  new_issues: number;
}

const cursorSchema = z.tuple([z.iso.datetime(), z.number().int(), z.string()]);
const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

export function toRelease(row: ReleaseColumns): Release {
  const started = Number(row.started);
  const all = Number(row.all_started);
  return {
    project: row.slug,
    version: row.version,
    first_event: row.first_seen?.toISOString() ?? null,
    last_event: row.last_seen?.toISOString() ?? null,
    events: Number(row.events),
    sessions: {
      started,
      errored: Number(row.errored),
      crashed: Number(row.crashed),
      abnormal: Number(row.abnormal),
    },
    // A session whose start came with another report may have crashed without being counted as started.
    crash_free_rate: started === 0 ? null : Math.max(0, 1 - Number(row.crashed) / started),
    adoption: all === 0 ? null : Math.min(1, started / all),
    new_issues: row.new_issues,
  };
}

/**
 * Releases as `found`, of the projects that `where` (over `project p`) leaves: those with events or sessions in the
 * period, and `version` alone when it is given, whenever it was.
 */
export function releaseRows(
  { range, environment }: AnalyticsScope,
  where: string,
  values: Values,
  version?: string,
): string {
  const [from, to] = [values.add(range.from), values.add(range.to)];
  const [firstDay, lastDay] = [values.add(dayOf(range.from)), values.add(dayOf(range.to))];
  const inEnvironment = environment ? `AND s.environment = ${values.add(environment)}` : '';
  const active = `r.last_seen >= ${from}::timestamptz AND r.first_seen < ${to}::timestamptz`;
  const wanted = version === undefined ? active : `(${active} OR r.version = ${values.add(version)})`;
  return `
    WITH sessions AS (
      SELECT s.project_id, s.release AS version, min(s.day) AS first_day, sum(s.started) AS started, sum(s.errored) AS errored,
        sum(s.crashed) AS crashed, sum(s.abnormal) AS abnormal
      FROM release_session s JOIN project p ON p.id = s.project_id
      WHERE ${where} AND s.day >= ${firstDay}::date AND s.day <= ${lastDay}::date ${inEnvironment} GROUP BY 1, 2
    ), totals AS (
      SELECT project_id, sum(started) AS all_started FROM sessions GROUP BY 1
    ), known AS (
      SELECT r.project_id, r.version FROM release r JOIN project p ON p.id = r.project_id WHERE ${where} AND ${wanted}
      UNION SELECT project_id, version FROM sessions WHERE version <> ''
    ), found AS (
      SELECT p.id AS project_id, p.slug, k.version, r.first_seen, r.last_seen,
        date_trunc('milliseconds', coalesce(r.first_seen, s.first_day::timestamp AT TIME ZONE 'UTC', now())) AS since,
        coalesce(r.event_count, 0) AS events, coalesce(s.started, 0) AS started, coalesce(s.errored, 0) AS errored,
        coalesce(s.crashed, 0) AS crashed, coalesce(s.abnormal, 0) AS abnormal, coalesce(t.all_started, 0) AS all_started
      FROM known k JOIN project p ON p.id = k.project_id
      LEFT JOIN release r ON r.project_id = k.project_id AND r.version = k.version
      LEFT JOIN sessions s ON s.project_id = k.project_id AND s.version = k.version
      LEFT JOIN totals t ON t.project_id = k.project_id
    )
    SELECT f.*, (SELECT count(*)::int FROM issue i WHERE i.project_id = f.project_id AND i.first_release = f.version
                 AND i.merged_into IS NULL) AS new_issues
    FROM found f`;
}

/** Releases with events or sessions in the period, the newest first. */
export async function listReleases({
  viewer,
  scope,
  page,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
  page: PageQuery;
}): Promise<Page<Release>> {
  assertCan(viewer, 'read');
  const values = new Values();
  const where = scope.project ? projectCondition(scope.project, values) : 'true';
  const rows = releaseRows(scope, where, values);
  const after = decodeCursor(page.cursor, cursorSchema);
  const before = after
    ? `WHERE (f.since, -f.project_id, f.version) < (${values.add(after[0])}::timestamptz, -${values.add(after[1])}::int, ${values.add(after[2])})`
    : '';
  const found = await getPool().query<ReleaseColumns>(
    `${rows} ${before} ORDER BY f.since DESC, f.project_id, f.version DESC LIMIT ${values.add(page.limit + 1)}`,
    values.list,
  );
  return toPage(found.rows, page.limit, (row) => [row.since.toISOString(), row.project_id, row.version], toRelease);
}
