import type { Tx } from '../db/client.server';
import { type Baseline, occasionsOf, openStretch } from './fix-verdict';
import type { IssueKey } from './match-issue.server';

/** How the issue came while it was last open, up to `until`. Reads the hourly rollup. */
export async function fixBaseline(
  tx: Pick<Tx, '$queryRaw'>,
  { projectId, issueNumber }: IssueKey,
  issue: { firstSeen: Date; resolvedAt: Date | null },
  until: Date,
): Promise<Baseline> {
  const end = issue.resolvedAt ?? until;
  const [opened] = await tx.$queryRaw<{ at: Date | null }[]>`
    SELECT max(at) AS at FROM turning_point
    WHERE project_id = ${projectId} AND issue_number = ${issueNumber} AND kind IN ('regressed', 'reopened') AND at < ${end}`;
  const stretch = openStretch({ ...issue, openedAt: opened?.at ?? null }, until);
  const hours = await tx.$queryRaw<{ hour: Date; count: number }[]>`
    SELECT hour, count FROM issue_hour
    WHERE project_id = ${projectId} AND issue_number = ${issueNumber}
      AND hour >= date_trunc('hour', ${stretch.from}::timestamptz, 'UTC') AND hour <= ${stretch.until}`;
  return {
    ...stretch,
    events: hours.reduce((sum, { count }) => sum + count, 0),
    occasions: occasionsOf(hours.map(({ hour }) => hour)),
  };
}
