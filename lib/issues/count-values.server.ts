import type { Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { TEXT_COLUMNS, type TextColumns, textsOf } from './event-texts';
import { findIssue } from './find-issue.server';
import { fittingValues, placePattern, templateParts } from './place-values';
import type { IssueValues } from './values-schema';

const SAMPLE = 500;
const MAX_VALUES = 10;
const MAX_PLACES = 12;

/** The values that the latest events of an issue have at the variable places of its message. */
export async function countValues({ viewer, issueId }: { viewer: Viewer; issueId: string }): Promise<IssueValues> {
  const { projectId, number } = await findIssue({ viewer, issueId });
  const { rows: issues } = await getPool().query<{ template: string }>(
    'SELECT template FROM issue WHERE project_id = $1 AND number = $2',
    [projectId, number],
  );
  const template = issues[0]?.template ?? '';
  const parts = templateParts(template);
  if (parts.tokens.length === 0) return { template, sample: 0, fitting: 0, places: [] };
  const { rows } = await getPool().query<TextColumns>(
    `SELECT ${TEXT_COLUMNS} FROM (
       SELECT data FROM event WHERE project_id = $1 AND issue_number = $2 ORDER BY time DESC, id DESC LIMIT ${SAMPLE}) latest`,
    [projectId, number],
  );
  const seen = rows.map((row) => fittingValues(textsOf(row), parts)).filter((values) => values !== null);
  const places = parts.tokens.slice(0, MAX_PLACES).map((token, place) => {
    const counts = new Map<string, number>();
    for (const values of seen) counts.set(values[place]!, (counts.get(values[place]!) ?? 0) + 1);
    const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, MAX_VALUES);
    const values = sorted.map(([value, events]) => ({ value, events, pattern: placePattern(parts, place, value) }));
    return { token, distinct: counts.size, values };
  });
  return { template, sample: rows.length, fitting: seen.length, places };
}
