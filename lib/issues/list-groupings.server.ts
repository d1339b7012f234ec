import type { Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import type { GroupingPart } from '../grouping/grouping-schema';
import { findIssue } from './find-issue.server';
import type { IssueGrouping } from './split-schema';

const MAX_SHOWN = 100;
/** Events are counted over so many of the latest. */
const SAMPLE = 10_000;

/** The grouping hashes of an issue, those of the most stored events first; at most a hundred. */
export async function listGroupings({
  viewer,
  issueId,
}: {
  viewer: Viewer;
  issueId: string;
}): Promise<{ data: IssueGrouping[]; next_cursor: null }> {
  const { projectId, number } = await findIssue({ viewer, issueId });
  const { rows } = await getPool().query<{
    hash: string;
    version: string;
    parts: GroupingPart[];
    events: number;
    last_seen: Date | null;
  }>(
    `WITH latest AS MATERIALIZED (
       SELECT hash, time FROM event WHERE project_id = $1 AND issue_number = $2 ORDER BY time DESC, id DESC LIMIT ${SAMPLE}),
     counted AS (SELECT hash, count(*)::int AS events, max(time) AS last_seen FROM latest GROUP BY hash)
     SELECT g.hash, g.version, g.parts, coalesce(c.events, 0) AS events, c.last_seen
     FROM "grouping" g LEFT JOIN counted c ON c.hash = g.hash
     WHERE g.project_id = $1 AND g.issue_number = $2
     ORDER BY events DESC, g.created_at, g.hash LIMIT ${MAX_SHOWN}`,
    [projectId, number],
  );
  return { data: rows.map((row) => ({ ...row, last_seen: row.last_seen?.toISOString() ?? null })), next_cursor: null };
}
