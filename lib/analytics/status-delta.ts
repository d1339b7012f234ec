/**
 * What a turning point `t` did to the number of issues in a state: 1, 0 or -1. Counting backwards from how things stand
 * now needs only the turning points since, and cannot drift from the issues themselves.
 */
const delta = (closing: string[], before: string[]): string => {
  const list = (kinds: string[]) => kinds.map((kind) => `'${kind}'`).join(', ');
  const opening: Record<string, string> = { resolved: 'reopened', muted: 'unmuted' };
  const undoneTo = closing.map((kind) => opening[kind] ?? kind);
  return `(
    CASE WHEN t.kind IN (${list(closing)}) OR (t.kind = 'undone' AND t.data->>'undid' IN (${list(undoneTo)})) THEN 1 ELSE 0 END
    - CASE WHEN t.data->'previous'->>'status' IN (${list(before)}) THEN 1 ELSE 0 END)`;
};

/** To the issues that are neither resolved nor muted, with its sign turned. */
export const CLOSED_DELTA = delta(['resolved', 'muted'], ['resolved', 'muted']);

/** To the issues that are resolved. */
export const RESOLVED_DELTA = delta(['resolved'], ['resolved']);
