import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import { previousRange } from '../time';
import type { LearningProgress } from './analytics-schema';
import { type AnalyticsScope, inScope, isNarrow } from './analytics-scope';

/** What was suggested and drafted in the period, and how reviewers decided. */
export async function learningProgress({
  viewer,
  scope,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
}): Promise<LearningProgress> {
  assertCan(viewer, 'read');
  const values = new Values();
  const from = values.add(scope.range.from);
  const to = values.add(scope.range.to);
  const earlier = values.add(previousRange(scope.range).from);
  const now = (column: string) => `${column} >= ${from}::timestamptz AND ${column} < ${to}::timestamptz`;
  const before = (column: string) => `${column} >= ${earlier}::timestamptz AND ${column} < ${from}::timestamptz`;
  const both = (name: string, condition: string, column: string) => `
    count(*) FILTER (WHERE ${condition} AND ${now(column)})::int AS ${name},
    count(*) FILTER (WHERE ${condition} AND ${before(column)})::int AS ${name}_before`;
  const { rows } = await getPool().query<Record<string, number>>(
    `SELECT s.*, e.* FROM (
       SELECT ${both('suggested', 'true', 's.created_at')}, ${both('drafted', "s.kind <> 'match'", 's.created_at')},
              ${both('accepted', "s.status = 'accepted'", 's.decided_at')}, ${both('rejected', "s.status = 'rejected'", 's.decided_at')},
              count(*) FILTER (WHERE s.status = 'pending')::int AS pending
       FROM suggestion s ${isNarrow(scope) ? 'JOIN issue_trait i USING (project_id, issue_number)' : ''}
       WHERE ${inScope('i', scope, values)}) s,
      (SELECT count(*) FILTER (WHERE status = 'published')::int AS published,
              count(*) FILTER (WHERE status = 'published' AND disputed)::int AS disputed FROM entry) e`,
    values.list,
  );
  const of = (name: string): number => rows[0]?.[name] ?? 0;
  const counted = (name: string) => ({ value: of(name), before: of(`${name}_before`) });
  const share = (accepted: number, rejected: number) =>
    accepted + rejected > 0 ? accepted / (accepted + rejected) : null;
  return {
    suggested: counted('suggested'),
    drafted: counted('drafted'),
    accepted: counted('accepted'),
    rejected: counted('rejected'),
    precision: {
      value: share(of('accepted'), of('rejected')),
      before: share(of('accepted_before'), of('rejected_before')),
    },
    pending: of('pending'),
    published_entries: of('published'),
    disputed_entries: of('disputed'),
  };
}
