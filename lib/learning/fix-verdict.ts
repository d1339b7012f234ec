import { DAY_MS, HOUR_MS } from '../time';

/** Fewer than this many expected and none seen still happens by chance: exp(-4.6) is 1 %. */
export const EXPECTED_TO_HOLD = 4.6;
/** The same bound where the rate is only known from what was seen. */
export const LUCK = 0.01;
export const MIN_WATCH_MS = DAY_MS;
export const MAX_WATCH_MS = 30 * DAY_MS;
export const BASELINE_MS = 7 * DAY_MS;

/** How far back it is looked how often an error comes: a rare one shows that in weeks only. */
export const HABIT_MS = 28 * DAY_MS;

/** How an issue came while it was open, over at most the last seven days of that. */
export interface Baseline {
  events: number;
  from: Date;
  until: Date;
  habit: Habit;
}

/** How often an error came by itself, over at most four weeks in which it was open, a burst counting once. */
export interface Habit {
  /** By `occasionsOf`, without the one with which the time began. */
  occasions: number;
  /** At least 24. */
  hours: number;
}

/** Events an hour. A baseline shorter than a day counts as a day: a burst just now says nothing of the nights. */
export const baselineRate = ({ events, from, until }: Pick<Baseline, 'events' | 'from' | 'until'>): number =>
  events / hoursBetween(from, until);

const hoursBetween = (from: Date, until: Date): number =>
  Math.max(MIN_WATCH_MS, until.getTime() - from.getTime()) / HOUR_MS;

/** What the hours with events tell; those before the stretch, and after it, are left out. */
export function habitOf(hours: readonly Date[], { from, until, began }: OpenStretch): Habit {
  const first = Math.floor(from.getTime() / HOUR_MS) * HOUR_MS;
  const occasions = occasionsOf(hours.filter((hour) => hour.getTime() >= first && hour <= until));
  // A time that was chosen because an event began it holds that one for certain, and it says nothing about the next.
  return { occasions: Math.max(0, occasions - (began ? 1 : 0)), hours: hoursBetween(from, until) };
}

export interface WatchedFix {
  appliedAt: Date;
  /** Since when no event that counts came: the fix, the resolution, or the last event on an issue that stayed open. */
  quietSince: Date;
  /** Events an hour before the fix. */
  rate: number;
  habit: Habit;
  /** An event that counts came after the issue was resolved with it. */
  recurred: boolean;
}

export type FixVerdict = 'watching' | 'held' | 'recurred' | 'inconclusive';

/** The verdict now, and how many events would have come by now had nothing been fixed. */
export function fixVerdict(fix: WatchedFix, now: Date): { verdict: FixVerdict; expected: number } {
  const quiet = quietMs(fix, now);
  const expected = (fix.rate * quiet) / HOUR_MS;
  if (fix.recurred) return { verdict: 'recurred', expected };
  if (mayHold(fix, now) && luck(fix.habit, quiet) <= LUCK) return { verdict: 'held', expected };
  if (now.getTime() - fix.appliedAt.getTime() >= MAX_WATCH_MS) return { verdict: 'inconclusive', expected };
  return { verdict: 'watching', expected };
}

/** Whether the silence is long enough by the rate alone. What it says of most fixes, before their habit is read. */
export function mayHold(fix: Pick<WatchedFix, 'quietSince' | 'rate'>, now: Date): boolean {
  const quiet = quietMs(fix, now);
  return quiet >= MIN_WATCH_MS && (fix.rate * quiet) / HOUR_MS >= EXPECTED_TO_HOLD;
}

const quietMs = ({ quietSince }: Pick<WatchedFix, 'quietSince'>, now: Date): number =>
  Math.max(0, now.getTime() - quietSince.getTime());

/**
 * Chance of a silence this long had nothing been fixed, when the rate is only known from how often it came:
 * (T / (T + t)) to the power of n. Given n + 0 occasions before and after, each falls into the time before with that share,
 * whatever the rate: so no rate is called held by chance more often than this. A burst counts once, so that one bad hour
 * does not pass for steady traffic; for many occasions it approaches the exp(-λt) of a known rate.
 */
function luck({ occasions, hours }: Habit, quiet: number): number {
  return (hours / (hours + quiet / HOUR_MS)) ** occasions;
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

export interface OpenStretch {
  from: Date;
  until: Date;
  /** It starts with the event that opened the issue, not at the limit. */
  began: boolean;
}

/** The last stretch in which an issue was open, at most `limitMs` of it, ending at its resolution or now. */
export function openStretch(
  issue: { firstSeen: Date; resolvedAt: Date | null; openedAt: Date | null },
  now: Date,
  limitMs: number = BASELINE_MS,
): OpenStretch {
  const until = issue.resolvedAt ?? now;
  const opened = Math.max(issue.firstSeen.getTime(), issue.openedAt?.getTime() ?? 0);
  const limit = until.getTime() - limitMs;
  return { from: new Date(Math.min(Math.max(opened, limit), until.getTime())), until, began: opened >= limit };
}
