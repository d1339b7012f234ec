import { getPool } from '../db/client.server';
import type { FeedbackCount } from './match-feedback';

/** Row of `setting` that holds how far all confidences are off here. */
export const CALIBRATION_KEY = 'match.calibration';

/** Whose error is asked for: feedback about the same service or the same pattern counts in full. */
export interface AskedFor {
  service?: string | null;
  issue?: { projectId: number; issueNumber: number };
}

export interface CandidateFacts {
  published: Set<number>;
  feedback: Map<number, FeedbackCount[]>;
  /** Log-odds. */
  calibration: number;
}

/** What the database knows of some entries: whether they still are published, and what was said about them. One round trip. */
export async function loadCandidateFacts(ids: number[], asked: AskedFor): Promise<CandidateFacts> {
  if (ids.length === 0) return { published: new Set(), feedback: new Map(), calibration: 0 };
  const { rows } = await getPool().query<{ id: number; said: FeedbackCount[] | null; shift: number | null }>({
    name: 'match_candidates',
    text: `
      SELECT e.id, (SELECT (value->>'shift')::float8 FROM setting WHERE key = '${CALIBRATION_KEY}') AS shift,
        (SELECT json_agg(o) FROM (
           SELECT v.kind, v.reason, v.near, count(*)::int AS count FROM (
             SELECT f.kind, f.reason, f.service = $2 OR coalesce(m.pattern_id = a.pattern_id, false) AS near
             FROM match_feedback f
             LEFT JOIN pattern_issue a ON a.project_id = $3 AND a.issue_number = $4
             LEFT JOIN pattern_issue m ON m.project_id = f.project_id AND m.issue_number = f.issue_number
             WHERE f.entry_id = e.id
             UNION ALL
             SELECT x.verdict, NULL, i.service = $2 FROM fix x
             JOIN issue i ON i.project_id = x.project_id AND i.number = x.issue_number
             WHERE x.entry_id = e.id AND x.verdict IN ('held', 'recurred')) v
           GROUP BY 1, 2, 3) o) AS said
      FROM entry e WHERE e.id = ANY($1) AND e.status = 'published'`,
    values: [ids, asked.service ?? '', asked.issue?.projectId ?? -1, asked.issue?.issueNumber ?? -1],
  });
  return {
    published: new Set(rows.map((row) => row.id)),
    feedback: new Map(rows.flatMap((row) => (row.said ? [[row.id, row.said] as const] : []))),
    calibration: rows[0]?.shift ?? 0,
  };
}
