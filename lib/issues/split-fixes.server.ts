import type { Tx } from '../db/client.server';
import { DAY_MS } from '../time';
import type { IssueRef } from './find-issue.server';
import type { SplitRecord } from './split-schema';

interface FixRow {
  id: bigint;
  applied_at: Date;
  baseline_rate: number;
  verdict: string;
  verdict_at: Date | null;
  recurred_event: string | null;
}

const BASELINE_MS = 7 * DAY_MS;

async function eventsBefore(tx: Tx, { projectId, number }: IssueRef, until: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ n: number }[]>`
    SELECT coalesce(sum(count), 0)::int AS n FROM issue_hour
    WHERE project_id = ${projectId} AND issue_number = ${number} AND hour > ${new Date(until.getTime() - BASELINE_MS)} AND hour <= ${until}`;
  return row?.n ?? 0;
}

/** The first event that shows that a fix did not hold, among those that are left. */
async function provingEvent(tx: Tx, { projectId, number }: IssueRef, appliedAt: Date): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM event WHERE project_id = ${projectId} AND issue_number = ${number} AND time > ${appliedAt}
    ORDER BY time, id LIMIT 1`;
  return row?.id ?? null;
}

/**
 * The fixes of an issue were judged by events that are now another's: a verdict that one of these gave is worked out anew,
 * and the rate that is expected shrinks with the share that was taken. Call it once the events are moved.
 * @param into the new issue. @returns the fixes as they were.
 */
export async function rejudgeFixes(
  tx: Tx,
  from: IssueRef,
  into: IssueRef,
  taken: ReadonlySet<string>,
): Promise<SplitRecord['fixes']> {
  const fixes = await tx.$queryRaw<FixRow[]>`
    SELECT id, applied_at, baseline_rate, verdict, verdict_at, recurred_event FROM fix
    WHERE project_id = ${from.projectId} AND issue_number = ${from.number} ORDER BY id`;
  for (const fix of fixes) {
    const left = await eventsBefore(tx, from, fix.applied_at);
    const gone = await eventsBefore(tx, into, fix.applied_at);
    const rate = left + gone > 0 ? (fix.baseline_rate * left) / (left + gone) : fix.baseline_rate;
    const wasProved = fix.verdict === 'recurred' && fix.recurred_event !== null && taken.has(fix.recurred_event);
    const proof = wasProved ? await provingEvent(tx, from, fix.applied_at) : fix.recurred_event;
    const verdict = wasProved && proof === null ? 'watching' : fix.verdict;
    await tx.fix.update({
      where: { id: fix.id },
      data: {
        baselineRate: rate,
        verdict,
        verdictAt: verdict === 'watching' ? null : fix.verdict_at,
        recurredEvent: proof,
      },
    });
  }
  return fixes.map((fix) => ({
    id: String(fix.id),
    baseline_rate: fix.baseline_rate,
    verdict: fix.verdict,
    verdict_at: fix.verdict_at?.toISOString() ?? null,
    recurred_event: fix.recurred_event,
  }));
}

/** Gives fixes back what a split changed; those that got a verdict since keep it. */
export async function restoreFixes(
  tx: Tx,
  { projectId, number }: IssueRef,
  fixes: SplitRecord['fixes'],
): Promise<void> {
  for (const fix of fixes) {
    const where = { id: BigInt(fix.id), projectId, issueNumber: number };
    await tx.fix.updateMany({ where, data: { baselineRate: fix.baseline_rate } });
    await tx.fix.updateMany({
      where: { ...where, verdict: { in: ['watching', 'recurred'] } },
      data: {
        verdict: fix.verdict,
        verdictAt: fix.verdict_at ? new Date(fix.verdict_at) : null,
        recurredEvent: fix.recurred_event,
      },
    });
  }
}
