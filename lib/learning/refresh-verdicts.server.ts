import { getDb, getPool } from '../db/client.server';
import { entryId } from '../knowledge/entry-words';
import { fixBaselines } from './fix-baseline.server';
import { fixVerdict, type Habit, MIN_WATCH_MS, mayHold } from './fix-verdict';

interface WatchedRow {
  id: bigint;
  project_id: number;
  issue_number: number;
  entry_id: number;
  applied_at: Date;
  baseline_rate: number;
  issue_first_seen: Date;
  resolved_at: Date | null;
  issue_status: string;
  last_seen: Date;
}

const BATCH = 500;

/**
 * Decides the fixes that have been watched long enough; leaves a turning point on each issue. Recurrences are found when
 * the event is captured. Idempotent; answers how many fixes got their verdict.
 */
export async function refreshVerdicts(now: Date): Promise<number> {
  let decided = 0;
  for (let after = 0n; ; ) {
    const { rows } = await getPool().query<WatchedRow>(
      `SELECT f.id, f.project_id, f.issue_number, f.entry_id, f.applied_at, f.baseline_rate, f.issue_first_seen,
         f.resolved_at, i.status AS issue_status, i.last_seen
       FROM fix f JOIN issue i ON i.project_id = f.project_id AND i.number = f.issue_number
       WHERE f.verdict = 'watching' AND f.applied_at <= $1 AND f.id > $2 ORDER BY f.id LIMIT ${BATCH}`,
      [new Date(now.getTime() - MIN_WATCH_MS), String(after)],
    );
    const habits = await habitsOf(rows, now);
    for (const row of rows) if (await decideFix(row, habits.get(row.id) ?? UNKNOWN, now)) decided += 1;
    if (rows.length < BATCH) return decided;
    after = BigInt(rows.at(-1)?.id ?? 0);
  }
}

const UNKNOWN: Habit = { occasions: 0, hours: 24 };

/** Of the fixes that their rate alone would call held: the others need not be looked up. */
async function habitsOf(rows: readonly WatchedRow[], now: Date): Promise<Map<bigint, Habit>> {
  const likely = rows.filter((row) => mayHold({ rate: row.baseline_rate, quietSince: quietSince(row) }, now));
  const baselines = await fixBaselines(
    getDb(),
    likely.map((row) => ({
      projectId: row.project_id,
      issueNumber: row.issue_number,
      firstSeen: row.issue_first_seen,
      resolvedAt: row.resolved_at,
      until: row.applied_at,
    })),
  );
  return new Map(likely.map((row, at) => [row.id, baselines[at]?.habit ?? UNKNOWN]));
}

async function decideFix(row: WatchedRow, habit: Habit, now: Date): Promise<boolean> {
  const { verdict, expected } = fixVerdict(
    { appliedAt: row.applied_at, quietSince: quietSince(row), rate: row.baseline_rate, habit, recurred: false },
    now,
  );
  if (verdict === 'watching') return false;
  return getDb().$transaction(async (tx) => {
    const { count } = await tx.fix.updateMany({
      where: { id: row.id, verdict: 'watching' },
      data: { verdict, verdictAt: now },
    });
    if (count === 0) return false;
    await tx.turningPoint.create({
      data: {
        projectId: row.project_id,
        issueNumber: row.issue_number,
        at: now,
        kind: `fix_${verdict}`,
        data: { fix: String(row.id), entry: entryId(row.entry_id), expected: Math.round(expected * 10) / 10 },
      },
    });
    return true;
  });
}

/** On a resolved issue later events did not count, or it would have regressed; on an open one each shows that it is not fixed yet. */
function quietSince(row: WatchedRow): Date {
  const start = Math.max(row.applied_at.getTime(), row.resolved_at?.getTime() ?? 0);
  return new Date(row.issue_status === 'resolved' ? start : Math.max(start, row.last_seen.getTime()));
}
