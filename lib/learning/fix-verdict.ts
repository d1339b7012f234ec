import { DAY_MS, HOUR_MS } from '../time';

/** Fewer than this many expected and none seen still happens by chance: exp(-4.6) is 1 %. */
export const EXPECTED_TO_HOLD = 4.6;
export const MIN_WATCH_MS = DAY_MS;
export const MAX_WATCH_MS = 30 * DAY_MS;
export const BASELINE_MS = 7 * DAY_MS;

/** How an issue came while it was open, over at most the last seven days of that. */
export interface Baseline {
  events: number;
  /** Hours of the clock in which at least one came: a burst counts once. */
  activeHours: number;
  from: Date;
  until: Date;
}

/** Events an hour. A baseline shorter than a day counts as a day: a burst just now says nothing of the nights. */
export const baselineRate = (baseline: Baseline): number => baseline.events / hoursOf(baseline);

const hoursOf = ({ from, until }: Baseline): number =>
  Math.max(MIN_WATCH_MS, until.getTime() - from.getTime()) / HOUR_MS;

export interface WatchedFix {
  appliedAt: Date;
  /** Since when no event that counts came: the fix, the resolution, or the last event on an issue that stayed open. */
  quietSince: Date;
  /** Events an hour before the fix. */
  rate: number;
  /** Hours with events, an hour; where known, it keeps bursts from passing for traffic. */
  activeRate: number | null;
  /** An event that counts came after the issue was resolved with it. */
  recurred: boolean;
}

export type FixVerdict = 'watching' | 'held' | 'recurred' | 'inconclusive';

/** The verdict now, and how many events would have come by now had nothing been fixed. */
export function fixVerdict(fix: WatchedFix, now: Date): { verdict: FixVerdict; expected: number } {
  const quiet = Math.max(0, now.getTime() - fix.quietSince.getTime());
  const expected = (Math.min(fix.rate, fix.activeRate ?? fix.rate) * quiet) / HOUR_MS;
  if (fix.recurred) return { verdict: 'recurred', expected };
  if (quiet >= MIN_WATCH_MS && expected >= EXPECTED_TO_HOLD) return { verdict: 'held', expected };
  if (now.getTime() - fix.appliedAt.getTime() >= MAX_WATCH_MS) return { verdict: 'inconclusive', expected };
  return { verdict: 'watching', expected };
}

export const activeRateOf = (baseline: Baseline): number => baseline.activeHours / hoursOf(baseline);

/** The last stretch in which an issue was open, at most seven days of it, ending at its resolution or now. */
export function openStretch(
  issue: { firstSeen: Date; resolvedAt: Date | null; openedAt: Date | null },
  now: Date,
): { from: Date; until: Date } {
  const until = issue.resolvedAt ?? now;
  const from = Math.max(issue.firstSeen.getTime(), issue.openedAt?.getTime() ?? 0, until.getTime() - BASELINE_MS);
  return { from: new Date(Math.min(from, until.getTime())), until };
}
