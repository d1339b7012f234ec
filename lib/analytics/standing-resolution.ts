/** Of a turning point `t`: nobody took it back. */
export const NOT_UNDONE = `NOT EXISTS (
  SELECT 1 FROM turning_point u WHERE u.project_id = t.project_id AND u.issue_number = t.issue_number
    AND u.kind = 'undone' AND u.data->>'undid_batch' = t.data->>'batch')`;
