import { getPool } from '../db/client.server';
import type { ReplayedError } from './back-test';
import type { ReplayedIssue } from './back-test.server';

export interface SampledEvent extends ReplayedError {
  id: string;
  time: Date;
}

/** Whole events read of an issue that is shown. */
const WHOLE = 20;
/** The latest events lie in the day before an issue was last seen, so that one or two partitions are looked into. */
const WINDOW = "interval '1 day'";

const keysOf = (issues: readonly ReplayedIssue[]) => [
  issues.map((issue) => issue.project_id),
  issues.map((issue) => issue.number),
  issues.map((issue) => issue.last_seen),
];

const SAMPLE = (columns: string, limit: number) => `
  SELECT k.place::int AS place, s.* FROM unnest($1::int[], $2::int[], $3::timestamptz[]) WITH ORDINALITY AS k (project_id, number, last_seen, place)
  CROSS JOIN LATERAL (
    SELECT ${columns} FROM event e
     WHERE e.project_id = k.project_id AND e.issue_number = k.number
       AND e.time BETWEEN k.last_seen - ${WINDOW} AND k.last_seen
     ORDER BY e.time DESC, e.id DESC LIMIT ${limit}) s`;

/** The latest events of each issue, whole: all its exceptions and its message. */
export async function readEvents(issues: readonly ReplayedIssue[]): Promise<Map<ReplayedIssue, SampledEvent[]>> {
  const { rows } = await getPool().query<{
    place: number;
    id: string;
    time: Date;
    message: string | null;
    exceptions: { type?: string; value?: string }[] | null;
  }>(
    SAMPLE(
      "replace(e.id::text, '-', '') AS id, e.time, e.data->>'message' AS message, e.data->'exceptions' AS exceptions",
      WHOLE,
    ),
    keysOf(issues),
  );
  return byIssue(
    issues,
    rows.map(({ place, id, time, message, exceptions }) => {
      const raised = [...(exceptions ?? [])].reverse();
      const described = raised.map(({ type, value }) => [type, value].filter(Boolean).join(': '));
      return {
        place,
        event: {
          id,
          time,
          type: raised[0]?.type ?? '',
          text: [...described, message ?? ''].filter(Boolean).join('\n'),
        },
      };
    }),
  );
}

/** The titles of the latest events of each issue: short, and beside the row. */
export async function readTitles(
  issues: readonly ReplayedIssue[],
  limit: number,
): Promise<Map<ReplayedIssue, SampledEvent[]>> {
  if (issues.length === 0) return new Map();
  const { rows } = await getPool().query<{ place: number; id: string; time: Date; title: string }>(
    SAMPLE("replace(e.id::text, '-', '') AS id, e.time, e.title", limit),
    keysOf(issues),
  );
  return byIssue(
    issues,
    rows.map(({ place, id, time, title }) => ({ place, event: { id, time, type: '', text: title } })),
  );
}

function byIssue(
  issues: readonly ReplayedIssue[],
  rows: readonly { place: number; event: SampledEvent }[],
): Map<ReplayedIssue, SampledEvent[]> {
  const sampled = new Map<ReplayedIssue, SampledEvent[]>();
  for (const { place, event } of rows) {
    const issue = issues[place - 1];
    if (issue) sampled.set(issue, [...(sampled.get(issue) ?? []), event]);
  }
  return sampled;
}
