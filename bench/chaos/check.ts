import type { Ledger } from './clients';
import type { RunningApp } from './running-app';

export interface Verdict {
  acknowledged: number;
  spooled: number;
  refused: number;
  unanswered: number;
  stored: number;
  /** Acknowledged and not there. */
  lost: number;
  /** Reports stored more than once. */
  doubled: number;
  /** Stored under an id that somebody else's report was acknowledged by, or never sent. */
  foreign: number;
  /** Sums that should equal `stored`, and do not. */
  unequal: Record<string, number>;
  slowestMs: number;
}

const SUMS = {
  'events of issues': 'SELECT coalesce(sum(event_count), 0)::int AS n FROM issue',
  'hours of issues': 'SELECT coalesce(sum(count), 0)::int AS n FROM issue_hour',
  'hours of projects': 'SELECT coalesce(sum(count), 0)::int AS n FROM project_hour',
  'accepted by capture': `SELECT coalesce(sum(value), 0)::int AS n FROM capture_counter WHERE name = 'accepted'`,
};

/** Compares what clients were told with what the database holds. */
export async function check(app: RunningApp, ledger: Ledger): Promise<Verdict> {
  const rows = await app.query<{ id: string; mark: number | null }>(
    `SELECT replace(id::text, '-', '') AS id, (data #>> '{extra,mark}')::int AS mark FROM event`,
  );
  const markOf = new Map(rows.map(({ id, mark }) => [id, mark]));
  const marks = new Set(rows.map(({ mark }) => mark));
  const unequal: Record<string, number> = {};
  for (const [name, sql] of Object.entries(SUMS)) {
    const [row] = await app.query<{ n: number }>(sql);
    if (row?.n !== rows.length) unequal[name] = row?.n ?? -1;
  }
  let lost = 0;
  let foreign = marks.has(null) ? 1 : 0;
  for (const [id, mark] of ledger.acknowledged) {
    if (!markOf.has(id)) lost++;
    else if (markOf.get(id) !== mark) foreign++;
  }
  return {
    acknowledged: ledger.acknowledged.size,
    spooled: ledger.spooled,
    refused: [...ledger.refused.values()].reduce((sum, count) => sum + count, 0),
    unanswered: ledger.unanswered,
    stored: rows.length,
    lost,
    doubled: rows.length - marks.size,
    foreign,
    unequal,
    slowestMs: Math.round(ledger.slowest),
  };
}

export const isClean = ({ lost, doubled, foreign, unequal }: Verdict): boolean =>
  lost === 0 && doubled === 0 && foreign === 0 && Object.keys(unequal).length === 0;
