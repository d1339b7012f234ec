import { getPool } from '../db/client.server';
import type { TrackRecord } from './entry-schema';

interface Row {
  entry_id: number;
  watching: number;
  held: number;
  recurred: number;
  inconclusive: number;
  minutes: number | null;
  issues: number;
}

/** What became of the fixes made from these entries, and over how many issues. Entries without a fix are not in the map. */
export async function trackRecords(
  ids: readonly number[],
): Promise<Map<number, { trackRecord: TrackRecord; issues: number }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await getPool().query<Row>(
    `SELECT entry_id,
            count(*) FILTER (WHERE verdict = 'watching')::int AS watching,
            count(*) FILTER (WHERE verdict = 'held')::int AS held,
            count(*) FILTER (WHERE verdict = 'recurred')::int AS recurred,
            count(*) FILTER (WHERE verdict = 'inconclusive')::int AS inconclusive,
            percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM resolved_at - issue_first_seen) / 60)
              FILTER (WHERE resolved_at IS NOT NULL) AS minutes,
            count(DISTINCT (project_id, issue_number))::int AS issues
       FROM fix WHERE entry_id = ANY($1) GROUP BY entry_id`,
    [ids],
  );
  return new Map(
    rows.map(({ entry_id, minutes, issues, ...verdicts }) => [
      entry_id,
      {
        trackRecord: { ...verdicts, median_resolution_minutes: minutes === null ? null : Math.round(minutes) },
        issues,
      },
    ]),
  );
}
