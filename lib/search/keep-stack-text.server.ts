import { getPool } from '../db/client.server';
import { restoreStacks } from '../db/restore-stacks.server';
import type { NormalizedEvent } from '../ingest/event-schema';
import { stackText } from './stack-text';

/** Issues that are older than the table of stacks wait for it; so many get theirs a run. */
const A_RUN = 500;

/** Keeps what an issue's latest event has in its stack, for searches. Idempotent. */
export async function keepStackText({
  projectId,
  issueNumber,
}: {
  projectId: number;
  issueNumber: number;
}): Promise<void> {
  const { rows } = await getPool().query<{ data: NormalizedEvent | null }>(
    `SELECT data FROM event WHERE project_id = $1 AND issue_number = $2 ORDER BY time DESC, id DESC LIMIT 1`,
    [projectId, issueNumber],
  );
  await restoreStacks(getPool(), projectId, rows);
  const data = rows[0]?.data;
  await getPool().query(
    `INSERT INTO issue_stack (project_id, issue_number, text)
     SELECT project_id, number, $3 FROM issue WHERE project_id = $1 AND number = $2
     ON CONFLICT (project_id, issue_number) DO UPDATE SET text = excluded.text WHERE $3 <> ''`,
    [projectId, issueNumber, data ? stackText(data) : ''],
  );
}

/** The same for issues that have none yet, the latest first. @returns how many got theirs. */
export async function keepMissingStackTexts(): Promise<number> {
  const { rows } = await getPool().query<{ projectId: number; issueNumber: number }>(
    `SELECT i.project_id AS "projectId", i.number AS "issueNumber" FROM issue i
     WHERE i.merged_into IS NULL
       AND NOT EXISTS (SELECT FROM issue_stack s WHERE s.project_id = i.project_id AND s.issue_number = i.number)
     ORDER BY i.last_seen DESC LIMIT ${A_RUN}`,
  );
  for (const issue of rows) await keepStackText(issue);
  return rows.length;
}
