import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import { shortId } from '../projects/project-schema';
import type { Markers } from './analytics-schema';
import { type AnalyticsScope, inScope, within } from './analytics-scope';

interface Marked {
  at: Date;
  kind: Markers['data'][number]['kind'];
  label: string;
  prefix: string | null;
  number: number | null;
}

/** More marks than this hide the chart behind them; the latest are kept. */
const MOST = 40;

/** What happened in the period that may explain a chart: releases, fixes that were applied, issues that came back. */
export async function markers({ viewer, scope }: { viewer: Viewer; scope: AnalyticsScope }): Promise<Markers> {
  assertCan(viewer, 'read');
  const values = new Values();
  const { service: _, environment: __, ...ofProject } = scope;
  const { rows } = await getPool().query<Marked>(
    `SELECT * FROM (
       (SELECT r.first_seen AS at, 'release' AS kind, r.version AS label, NULL AS prefix, NULL::int AS number FROM release r
        WHERE ${within('r.first_seen', scope.range, values)} AND ${inScope('r', ofProject, values)}
        ORDER BY 1 DESC LIMIT ${MOST})
       UNION ALL
       (SELECT t.at, CASE t.kind WHEN 'suggestion_accepted' THEN 'fix' ELSE 'regression' END, i.title,
          p.prefix, i.number
        FROM turning_point t JOIN issue i ON i.project_id = t.project_id AND i.number = t.issue_number
        JOIN project p ON p.id = i.project_id
        WHERE t.kind IN ('suggestion_accepted', 'regressed') AND ${within('t.at', scope.range, values)}
          AND i.merged_into IS NULL AND ${inScope('i', scope, values)}
        ORDER BY 1 DESC LIMIT ${MOST})) marked
     ORDER BY at DESC LIMIT ${MOST}`,
    values.list,
  );
  return {
    data: rows.reverse().map(({ at, kind, label, prefix, number }) => ({
      at: at.toISOString(),
      kind,
      label,
      issue: prefix && number ? shortId(prefix, number) : null,
    })),
  };
}
