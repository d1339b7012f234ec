import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import { shortId } from '../projects/project-schema';
import { DAY_MS } from '../time';
import type { WeeklyReport } from './analytics-schema';
import { type AnalyticsScope, inScope, within } from './analytics-scope';
import { errorTrend } from './error-trend.server';
import { fixOutcomes } from './fix-outcomes.server';
import { knowledgeCoverage } from './knowledge-coverage.server';
import { learningProgress } from './learning-progress.server';
import { recurrence } from './recurrence.server';
import { resolutionRate } from './resolution-rate.server';
import { NOT_UNDONE } from './standing-resolution';
import { timeToResolve } from './time-to-resolve.server';
import { topIssues } from './top-issues.server';
import { loadTotals } from './totals.server';

/** A report is read, not searched: so many lines a list, and the count of the rest. */
const LINES = 10;

/** What a week brought: its figures, what was new, loud, solved or came back, and what waits. */
export async function weeklyReport({
  viewer,
  scope,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
}): Promise<WeeklyReport> {
  assertCan(viewer, 'read');
  const asked = { viewer, scope };
  const [totals, trend, top, rate, time, again, coverage, fixes, learning, fresh, resolved, regressed] =
    await Promise.all([
      loadTotals(asked),
      errorTrend({ viewer, scope: { ...scope, intervalMs: DAY_MS }, by: 'level' }),
      topIssues({ ...asked, limit: LINES }),
      resolutionRate(asked),
      timeToResolve(asked),
      recurrence(asked),
      knowledgeCoverage(asked),
      fixOutcomes(asked),
      learningProgress(asked),
      listNew(scope),
      listTurned(scope, 'resolved'),
      listTurned(scope, 'regressed'),
    ]);
  return {
    from: scope.range.from.toISOString(),
    to: scope.range.to.toISOString(),
    totals,
    trend,
    top_issues: top.data,
    resolution_rate: rate,
    time_to_resolve: time,
    recurrence: again,
    knowledge_coverage: coverage,
    fixes,
    learning,
    new_issues: fresh,
    resolved,
    regressed,
  };
}

type Line = WeeklyReport['resolved'][number];
interface LineColumns {
  prefix: string;
  number: number;
  title: string;
  service: string;
  at: Date;
  by: string | null;
}

const toLine = ({ prefix, number, at, ...rest }: LineColumns): Line => ({
  ...rest,
  issue: shortId(prefix, number),
  at: at.toISOString(),
});

async function listNew(scope: AnalyticsScope): Promise<Line[]> {
  const values = new Values();
  const { rows } = await getPool().query<LineColumns>(
    `SELECT p.prefix, i.number, i.title, i.service, i.first_seen AS at, NULL AS by
     FROM issue i JOIN project p ON p.id = i.project_id
     WHERE ${within('i.first_seen', scope.range, values)} AND i.merged_into IS NULL AND ${inScope('i', scope, values)}
     ORDER BY i.event_count DESC LIMIT ${LINES}`,
    values.list,
  );
  return rows.map(toLine);
}

async function listTurned(scope: AnalyticsScope, kind: 'resolved' | 'regressed'): Promise<Line[]> {
  const values = new Values();
  const { rows } = await getPool().query<LineColumns>(
    `SELECT p.prefix, i.number, i.title, i.service, t.at, t.actor_name AS by
     FROM turning_point t JOIN issue i ON i.project_id = t.project_id AND i.number = t.issue_number
     JOIN project p ON p.id = i.project_id
     WHERE t.kind = ${values.add(kind)} AND ${within('t.at', scope.range, values)} AND ${NOT_UNDONE}
       AND i.merged_into IS NULL AND ${inScope('i', scope, values)}
     ORDER BY t.at DESC LIMIT ${LINES}`,
    values.list,
  );
  return rows.map(toLine);
}
