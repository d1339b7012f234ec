/** Of a turning point `t`: nobody took it back. */
export const NOT_UNDONE = `NOT EXISTS (
  SELECT 1 FROM turning_point u WHERE u.project_id = t.project_id AND u.issue_number = t.issue_number
    AND u.kind = 'undone' AND u.data->>'undid_batch' = t.data->>'batch')`;

/** SQL of when each issue that ever came back last did. */
export const LAST_REGRESSIONS = `
  SELECT project_id, issue_number, max(at) AS last_at FROM turning_point WHERE kind = 'regressed' GROUP BY 1, 2`;

/** Of a turning point `t` that says `resolved`: somebody did it; silence did not. */
export const BY_PEOPLE = `t.data->>'reason' IS DISTINCT FROM 'auto'`;

/** Few issues; of all others every resolution was made by people. */
const EVER_BY_SILENCE = `SELECT a.project_id, a.issue_number FROM turning_point a
  WHERE a.kind = 'resolved' AND a.data->>'reason' = 'auto'`;

/**
 * Whether people made the resolution that stood last, at the time of turning point `t` and with it. `project` and `issue`
 * are columns; `until` limits the history to what came before it, itself included.
 */
export const lastClaimed = (project: string, issue: string, until = ''): string => `CASE
  WHEN (${project}, ${issue}) NOT IN (${EVER_BY_SILENCE}) THEN true ELSE coalesce((
  SELECT r.data->>'reason' IS DISTINCT FROM 'auto' FROM turning_point r
  WHERE r.project_id = ${project} AND r.issue_number = ${issue} AND r.kind = 'resolved' ${until}
  ORDER BY r.at DESC, r.id DESC LIMIT 1), true) END`;

/** SQL of the issues whose last resolution was made by silence alone. */
export const LAST_BY_SILENCE = `
  SELECT t.project_id, t.issue_number FROM turning_point t
  WHERE t.kind = 'resolved' AND t.data->>'reason' = 'auto' AND NOT EXISTS (
    SELECT 1 FROM turning_point l WHERE l.project_id = t.project_id AND l.issue_number = t.issue_number
      AND l.kind = 'resolved' AND (l.at, l.id) > (t.at, t.id))`;
