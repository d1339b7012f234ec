import { DAY_MS, floorHour, HOUR_MS } from '../time';
import type { IssueState } from './issue-state';

/** Hours of history that a forecast looks at; an issue with less has a rougher limit. */
export const FORECAST_HOURS = 168;
/** So few events an hour are no escalation, whatever was usual before: what is rare has no rate. */
export const LEAST_ESCALATION = 10;
/** Clock hours that are looked at for a rise: this one so far, and the one before, whose last minutes no earlier look saw. */
export const JUDGED_HOURS = 2;
/** How long an issue stays under its limit before it stops escalating. */
export const CALM_MS = DAY_MS;

/** Factor on the largest hour while there is less history than a forecast needs. */
const YOUNG_FACTOR = 10;
/** An hour weighs half as much in the weighted mean for every so many hours it lies back. */
const HALF_WEIGHT_HOURS = 48;

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function weightedMean(hours: readonly number[]): number {
  const weights = hours.map((_, index) => 0.5 ** ((hours.length - 1 - index) / HALF_WEIGHT_HOURS));
  return sum(hours.map((count, index) => count * weights[index]!)) / sum(weights);
}

/**
 * Events an hour up to which an issue does what it used to do. `hours` are its counts for each clock hour, empty hours as
 * 0, oldest first; the latest 168 count. Two limits are made of them, for a steady issue (`spike`) and for one that comes
 * in bursts, and the larger holds:
 *
 *     spike  = weighted mean + clamp((mean + 5σ) / mean, 5, 8) · mean
 *     bursty = max · clamp(5 · e^(−0.65 · cv), 2, 5)          cv = σ / mean
 *
 * Under 168 hours there is no variance to speak of, and the limit is ten times the largest hour. The constants are those
 * Sentry has published for its escalating issues; which hours weigh more is our choice: the later ones, so that a load
 * that grows day by day raises its own limit. 0 where nothing came at all.
 */
export function forecastLimit(hours: readonly number[]): number {
  const seen = hours.slice(-FORECAST_HOURS);
  const max = Math.max(0, ...seen);
  if (max === 0) return 0;
  if (seen.length < FORECAST_HOURS) return YOUNG_FACTOR * max;
  const mean = sum(seen) / seen.length;
  const deviation = Math.sqrt(sum(seen.map((count) => (count - mean) ** 2)) / seen.length);
  const spike = weightedMean(seen) + clamp((mean + 5 * deviation) / mean, 5, 8) * mean;
  const bursty = max * clamp(5 * Math.exp((-0.65 * deviation) / mean), 2, 5);
  return Math.max(spike, bursty);
}

export interface WatchedIssue extends Pick<IssueState, 'status' | 'muteRule' | 'firstSeen' | 'statusChangedAt'> {
  /** Events by clock hour (start of the hour in ms), at least for `HISTORY_MS` back; an hour without events may be missing. */
  counts: ReadonlyMap<number, number>;
  /** The limit it went over when it began to escalate; null when it does not, or nobody noted it. */
  exceeded: number | null;
}

/** How far back `counts` must reach from now. */
export const HISTORY_MS = (FORECAST_HOURS + JUDGED_HOURS) * HOUR_MS;

/** `limit` and `count` are events in one clock hour, which began at `hour`. */
export type EscalationDecision =
  | { type: 'escalate'; limit: number; count: number; hour: Date }
  | { type: 'deescalate'; limit: number }
  | null;

/** What the counts of the clock hours say about an issue; null where it stays as it is. */
export function decideEscalation(issue: WatchedIssue, now: Date): EscalationDecision {
  if (issue.status === 'escalating') return decideCalm(issue, now);
  if (!mayEscalate(issue)) return null;
  const current = floorHour(now).getTime();
  for (let back = JUDGED_HOURS - 1; back >= 0; back--) {
    const hour = current - back * HOUR_MS;
    // What somebody had before their eyes when they muted it does not wake them again.
    if (issue.status === 'muted' && hour < issue.statusChangedAt.getTime()) continue;
    const count = issue.counts.get(hour) ?? 0;
    const limit = limitAt(issue, hour);
    if (limit !== null && count > limit) return { type: 'escalate', limit, count, hour: new Date(hour) };
  }
  return null;
}

/** A regressed issue is louder than an escalating one already, and must not lose the word that its fix failed. */
const mayEscalate = ({ status, muteRule }: WatchedIssue): boolean =>
  status === 'new' || status === 'ongoing' || (status === 'muted' && muteRule?.kind === 'until_escalating');

/** Null in the first two clock hours of an issue, the first of which it saw only a part of: nothing is usual yet. */
function limitAt({ firstSeen, counts }: WatchedIssue, hour: number): number | null {
  const age = Math.round((hour - floorHour(firstSeen).getTime()) / HOUR_MS);
  const length = Math.min(age, FORECAST_HOURS);
  if (length < 2) return null;
  const hours = Array.from({ length }, (_, index) => counts.get(hour - (length - index) * HOUR_MS) ?? 0);
  return Math.max(LEAST_ESCALATION, forecastLimit(hours));
}

/**
 * The limit is the one it went over, for the history now holds the rise itself. After a week of it that history is all
 * there is: the new load is the usual one.
 */
function decideCalm(issue: WatchedIssue, now: Date): EscalationDecision {
  const since = now.getTime() - issue.statusChangedAt.getTime();
  if (since < CALM_MS) return null;
  const current = floorHour(now).getTime();
  const usual = limitAt(issue, current) ?? LEAST_ESCALATION;
  const limit = issue.exceeded === null || since >= FORECAST_HOURS * HOUR_MS ? usual : issue.exceeded;
  for (let hour = floorHour(new Date(now.getTime() - CALM_MS)).getTime(); hour <= current; hour += HOUR_MS) {
    if ((issue.counts.get(hour) ?? 0) > limit) return null;
  }
  return { type: 'deescalate', limit };
}
