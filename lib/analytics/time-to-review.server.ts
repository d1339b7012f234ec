import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import { previousRange } from '../time';
import { type AnalyticsScope, inScope, isNarrow, within } from './analytics-scope';
import type { TimeToReview } from './review-analytics-schema';

interface Row {
  current: boolean;
  decided: number;
  median_ms: number;
  p90_ms: number;
}

/** From when a suggestion was made, or an entry submitted, to the decision about it. */
export async function timeToReview({
  viewer,
  scope,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
}): Promise<TimeToReview> {
  assertCan(viewer, 'read');
  const [decisions, waiting, entries] = await Promise.all([suggestions(scope), waitingNow(scope), entriesOf(scope)]);
  const now = decisions.find((row) => row.current);
  const before = decisions.find((row) => !row.current);
  return {
    decided: { value: now?.decided ?? 0, before: before?.decided ?? 0 },
    median_ms: { value: now?.median_ms ?? null, before: before?.median_ms ?? null },
    p90_ms: { value: now?.p90_ms ?? null, before: before?.p90_ms ?? null },
    ...waiting,
    entries,
  };
}

async function suggestions(scope: AnalyticsScope): Promise<Row[]> {
  const values = new Values();
  const whole = { from: previousRange(scope.range).from, to: scope.range.to };
  const { rows } = await getPool().query<Row>(
    `SELECT current, count(*)::int AS decided, percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS median_ms,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY ms) AS p90_ms
     FROM (SELECT s.decided_at >= ${values.add(scope.range.from)} AS current,
             extract(epoch FROM s.decided_at - s.created_at)::float8 * 1000 AS ms
           FROM suggestion s ${isNarrow(scope) ? 'JOIN issue_trait i USING (project_id, issue_number)' : ''}
           WHERE s.status IN ('accepted', 'rejected') AND ${within('s.decided_at', whole, values)}
             AND ${inScope('i', scope, values)}) d
     GROUP BY current`,
    values.list,
  );
  return rows;
}

async function waitingNow(scope: AnalyticsScope): Promise<Pick<TimeToReview, 'waiting' | 'oldest_waiting_ms'>> {
  const values = new Values();
  const { rows } = await getPool().query<Pick<TimeToReview, 'waiting' | 'oldest_waiting_ms'>>(
    `SELECT count(*)::int AS waiting,
       extract(epoch FROM ${values.add(scope.range.to)}::timestamptz - min(s.created_at))::float8 * 1000 AS oldest_waiting_ms
     FROM suggestion s ${isNarrow(scope) ? 'JOIN issue_trait i USING (project_id, issue_number)' : ''}
     WHERE s.status = 'pending' AND ${inScope('i', scope, values)}`,
    values.list,
  );
  return rows[0] ?? { waiting: 0, oldest_waiting_ms: null };
}

/** Entries belong to no project: they count whole, whatever the scope. */
async function entriesOf(scope: AnalyticsScope): Promise<TimeToReview['entries']> {
  const { rows } = await getPool().query<TimeToReview['entries']>(
    `SELECT count(*)::int AS decided,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM d.created_at - s.created_at)::float8 * 1000) AS median_ms
     FROM revision d CROSS JOIN LATERAL (
       SELECT created_at FROM revision s WHERE s.entry_id = d.entry_id AND s.version < d.version AND s.action = 'submitted'
       ORDER BY s.version DESC LIMIT 1) s
     WHERE d.action IN ('published', 'rejected') AND d.created_at >= $1 AND d.created_at < $2`,
    [scope.range.from, scope.range.to],
  );
  return rows[0] ?? { decided: 0, median_ms: null };
}
