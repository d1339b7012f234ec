import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import type { Verdict } from '../issues/issue-schema';
import { entryId } from '../knowledge/entry-words';
import { shortId } from '../projects/project-schema';
import type { FixOutcomes } from './analytics-schema';
import { type AnalyticsScope, inScope, isNarrow, within } from './analytics-scope';

interface FixColumns {
  prefix: string;
  issue_number: number;
  issue_title: string;
  entry_id: number;
  entry_title: string;
  verdict: Verdict;
  applied_at: Date;
  verdict_at: Date | null;
}

/** Did the fixes hold: those watched now, and the verdicts of the period. */
export async function fixOutcomes({ viewer, scope }: { viewer: Viewer; scope: AnalyticsScope }): Promise<FixOutcomes> {
  assertCan(viewer, 'read');
  const values = new Values();
  const [{ rows }, failed] = await Promise.all([
    getPool().query<{ verdict: Verdict; fixes: number }>(
      `SELECT f.verdict, count(*)::int AS fixes FROM fix f
       ${isNarrow(scope) ? 'JOIN issue_trait i USING (project_id, issue_number)' : ''}
       WHERE (f.verdict = 'watching' OR (${within('f.verdict_at', scope.range, values)})) AND ${inScope('i', scope, values)}
       GROUP BY 1`,
      values.list,
    ),
    listFailed(scope),
  ]);
  const of = (verdict: Verdict) => rows.find((row) => row.verdict === verdict)?.fixes ?? 0;
  return {
    watching: of('watching'),
    held: of('held'),
    recurred: of('recurred'),
    inconclusive: of('inconclusive'),
    failed,
  };
}

async function listFailed(scope: AnalyticsScope): Promise<FixOutcomes['failed']> {
  const values = new Values();
  const { rows } = await getPool().query<FixColumns>(
    `SELECT p.prefix, f.issue_number, i.title AS issue_title, f.entry_id, e.title AS entry_title, f.verdict, f.applied_at, f.verdict_at
     FROM fix f JOIN issue i ON i.project_id = f.project_id AND i.number = f.issue_number
     JOIN project p ON p.id = f.project_id JOIN entry e ON e.id = f.entry_id
     WHERE f.verdict = 'recurred' AND ${within('f.verdict_at', scope.range, values)} AND ${inScope('i', scope, values)}
     ORDER BY f.verdict_at DESC LIMIT 10`,
    values.list,
  );
  return rows.map((row) => ({
    issue: shortId(row.prefix, row.issue_number),
    issue_title: row.issue_title,
    entry: entryId(row.entry_id),
    entry_title: row.entry_title,
    verdict: row.verdict,
    applied_at: row.applied_at.toISOString(),
    verdict_at: row.verdict_at?.toISOString() ?? null,
  }));
}
