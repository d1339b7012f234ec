import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { foldedUntil } from '../issues/folded-until.server';
import { Values } from '../issues/issue-conditions';
import { rollupRows } from '../issues/rollups';
import { previousRange } from '../time';
import type { Totals } from './analytics-schema';
import { type AnalyticsScope, inScope, within } from './analytics-scope';
import { CLOSED_DELTA } from './status-delta';

/** The figures of a period and of the one before. Open issues are counted at the end of each. */
export async function loadTotals({ viewer, scope }: { viewer: Viewer; scope: AnalyticsScope }): Promise<Totals> {
  assertCan(viewer, 'read');
  const folded = await foldedUntil();
  const values = new Values();
  const { range } = scope;
  const before = previousRange(range);
  const isNow = (column: string) => `${column} >= ${values.add(range.from)}::timestamptz`;
  const { rows } = await getPool().query<Record<string, number>>(
    `WITH hours AS (
       SELECT coalesce(sum(h.count) FILTER (WHERE ${isNow('h.hour')}), 0)::int AS events,
              coalesce(sum(h.count) FILTER (WHERE NOT ${isNow('h.hour')}), 0)::int AS events_before
       FROM ${rollupRows('project', [before.from, range.from, range.to], values, folded.project)} h WHERE ${inScope('h', scope, values)}),
     issues AS (
       SELECT count(*) FILTER (WHERE i.first_seen >= ${values.add(range.from)} AND i.first_seen < ${values.add(range.to)})::int AS fresh,
              count(*) FILTER (WHERE i.first_seen >= ${values.add(before.from)} AND i.first_seen < ${values.add(range.from)})::int AS fresh_before,
              count(*) FILTER (WHERE i.status NOT IN ('resolved', 'muted'))::int AS open,
              count(*) FILTER (WHERE i.first_seen >= ${values.add(range.to)})::int AS after_to,
              count(*) FILTER (WHERE i.first_seen >= ${values.add(range.from)})::int AS after_from
       FROM issue_trait i WHERE NOT i.is_merged AND ${inScope('i', scope, values)}),
     points AS (
       SELECT count(*) FILTER (WHERE t.kind = 'resolved' AND ${within('t.at', range, values)})::int AS resolved,
              count(*) FILTER (WHERE t.kind = 'resolved' AND t.at < ${values.add(range.from)})::int AS resolved_before,
              count(*) FILTER (WHERE t.kind = 'regressed' AND ${within('t.at', range, values)})::int AS regressed,
              count(*) FILTER (WHERE t.kind = 'regressed' AND t.at < ${values.add(range.from)})::int AS regressed_before,
              coalesce(sum(${CLOSED_DELTA}) FILTER (WHERE t.at >= ${values.add(range.to)}), 0)::int AS closed_after_to,
              coalesce(sum(${CLOSED_DELTA}) FILTER (WHERE t.at >= ${values.add(range.from)}), 0)::int AS closed_after_from
       FROM turning_point t JOIN issue_trait i USING (project_id, issue_number)
       WHERE t.kind IN ('resolved', 'regressed', 'reopened', 'muted', 'unmuted', 'undone', 'escalating')
         AND t.at >= ${values.add(before.from)}::timestamptz AND NOT i.is_merged AND ${inScope('i', scope, values)})
     SELECT * FROM hours, issues, points`,
    values.list,
  );
  const of = (name: string): number => rows[0]?.[name] ?? 0;
  return {
    events: { value: of('events'), before: of('events_before') },
    new_issues: { value: of('fresh'), before: of('fresh_before') },
    open_issues: {
      value: of('open') - of('after_to') + of('closed_after_to'),
      before: of('open') - of('after_from') + of('closed_after_from'),
    },
    resolved: { value: of('resolved'), before: of('resolved_before') },
    regressed: { value: of('regressed'), before: of('regressed_before') },
  };
}
