import { DAY_MS, HOUR_MS } from '../time';

/** Fewer than this many expected and none seen still happens by chance: exp(-4.6) is 1 %. */
export const EXPECTED_TO_HOLD = 4.6;
/** The same bound where the rate is only known from what was seen. */
export const LUCK = 0.01;
export const MIN_WATCH_MS = DAY_MS;
export const MAX_WATCH_MS = 30 * DAY_MS;
export const BASELINE_MS = 7 * DAY_MS;

/** How an issue came while it was open, over at most the last seven days of that. */
export interface Baseline {
  events: number;
  /** How often it came, by `occasionsOf`. */
  occasions: number;
  from: Date;
  until: Date;
}

/** Events an hour. A baseline shorter than a day counts as a day: a burst just now says nothing of the nights. */
export const baselineRate = (baseline: Baseline): number => baseline.events / baselineHours(baseline);

/** Length of a baseline, at least a day. */
export const baselineHours = ({ from, until }: Baseline): number =>
  Math.max(MIN_WATCH_MS, until.getTime() - from.getTime()) / HOUR_MS;

export interface WatchedFix {
  appliedAt: Date;
  /** Since when no event that counts came: the fix, the resolution, or the last event on an issue that stayed open. */
  quietSince: Date;
  /** Events an hour before the fix. */
  rate: number;
  /** How often the error came before the fix, a burst counting once, and the hours looked at. */
  occasions: number;
  baselineHours: number;
  /** An event that counts came after the issue was resolved with it. */
  recurred: boolean;
}

export type FixVerdict = 'watching' | 'held' | 'recurred' | 'inconclusive';

/** The verdict now, and how many events would have come by now had nothing been fixed. */
export function fixVerdict(fix: WatchedFix, now: Date): { verdict: FixVerdict; expected: number } {
  const quiet = Math.max(0, now.getTime() - fix.quietSince.getTime());
  const expected = (fix.rate * quiet) / HOUR_MS;
  if (fix.recurred) return { verdict: 'recurred', expected };
  if (quiet >= MIN_WATCH_MS && expected >= EXPECTED_TO_HOLD && luck(fix, quiet) <= LUCK)
    return { verdict: 'held', expected };
  if (now.getTime() - fix.appliedAt.getTime() >= MAX_WATCH_MS) return { verdict: 'inconclusive', expected };
  return { verdict: 'watching', expected };
}

/**
 * Chance of a silence this long had nothing been fixed, when the rate is only known from how often it came:
 * (T / (T + t)) to the power of n. A burst counts once, so that one bad hour does not pass for steady traffic; for many
 * occasions it approaches the exp(-λt) of a known rate.
 */
function luck({ occasions, baselineHours }: WatchedFix, quietMs: number): number {
  return (baselineHours / (baselineHours + quietMs / HOUR_MS)) ** occasions;
}

/**
 * On how many occasions events came, from the hours of the clock that had some: neighbouring hours count one less than
 * there are, but once at least, because a burst may fall across the turn of the hour.
 */
export function occasionsOf(hours: readonly Date[]): number {
  const sorted = hours.map((hour) => Math.floor(hour.getTime() / HOUR_MS)).sort((a, b) => a - b);
  let occasions = 0;
  let run = 0;
  for (const [at, hour] of sorted.entries()) {
    run = sorted[at - 1] === hour - 1 ? run + 1 : 1;
    if (run !== 2) occasions += 1;
  }
  return occasions;
}

/** The last stretch in which an issue was open, at most seven days of it, ending at its resolution or now. */
export function openStretch(
  issue: { firstSeen: Date; resolvedAt: Date | null; openedAt: Date | null },
  now: Date,
): { from: Date; until: Date } {
  const until = issue.resolvedAt ?? now;
  const from = Math.max(issue.firstSeen.getTime(), issue.openedAt?.getTime() ?? 0, until.getTime() - BASELINE_MS);
  return { from: new Date(Math.min(from, until.getTime())), until };
}
