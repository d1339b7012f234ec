import { getPool } from '../db/client.server';
import { draftIssue } from './draft-issue.server';
import type { IssueKey } from './match-issue.server';

/** From so many events on an issue is worth a draft; one that somebody wrote about is worth it at once. */
const FREQUENT = 10;
const DRAFTS_PER_PASS = 200;

/**
 * Drafts answers to issues that came since, are frequent or were written about, and have neither an answer nor a match
 * that waits. Answers how many drafts were made or written anew.
 */
export async function proposeDrafts(
  since: Date | null,
  now: Date,
  onProgress: (done: number, total: number) => Promise<void> = async () => {},
): Promise<number> {
  const issues = await issuesToDraft(since);
  let drafted = 0;
  for (const [at, issue] of issues.entries()) {
    const { outcome } = await draftIssue({ issue, now });
    if (outcome === 'drafted') drafted += 1;
    if (at % 20 === 19) await onProgress(at + 1, issues.length);
  }
  return drafted;
}

async function issuesToDraft(since: Date | null): Promise<IssueKey[]> {
  const { rows } = await getPool().query<IssueKey>(
    `WITH noted AS (
       SELECT c.project_id, c.issue_number FROM comment c WHERE $1::timestamptz IS NULL OR c.created_at >= $1
       UNION
       -- What is said about one issue of a pattern is said about all of them.
       SELECT o.project_id, o.issue_number FROM comment c
       JOIN pattern_issue m ON m.project_id = c.project_id AND m.issue_number = c.issue_number
       JOIN pattern_issue o ON o.pattern_id = m.pattern_id WHERE $1::timestamptz IS NULL OR c.created_at >= $1),
     wanted AS (
       SELECT project_id, issue_number FROM noted
       UNION
       SELECT project_id, number FROM issue
       WHERE event_count >= ${FREQUENT} AND ($1::timestamptz IS NULL OR last_seen >= $1))
     SELECT i.project_id AS "projectId", i.number AS "issueNumber"
     FROM wanted w JOIN issue i ON i.project_id = w.project_id AND i.number = w.issue_number
     WHERE i.merged_into IS NULL AND i.status NOT IN ('resolved', 'muted')
       AND (i.known_entry_id IS NULL OR i.status = 'regressed')
       AND NOT EXISTS (SELECT 1 FROM suggestion s WHERE s.project_id = i.project_id AND s.issue_number = i.number
                       AND (s.kind = 'match' AND s.status = 'pending' OR s.kind = 'draft' AND s.status IN ('accepted', 'rejected')))
     ORDER BY i.event_count DESC LIMIT ${DRAFTS_PER_PASS}`,
    [since],
  );
  return rows;
}
