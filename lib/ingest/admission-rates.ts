/** Rates of what comes in, kept in memory. `now` is in milliseconds of a clock that never jumps. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Beyond so many things to watch, all start anew. */
const MAX_WATCHED = 50_000;

/** Holds one minute's worth. What came as one request is taken as a whole, on credit if need be. */
export class Quota {
  #tokens: number;
  #at: number;

  constructor(perMinute: number, now: number) {
    this.#tokens = perMinute;
    this.#at = now;
  }

  /** Milliseconds until there is room for one more; 0 when there is. `perMinute` may have changed. */
  wait(perMinute: number, now: number): number {
    this.#tokens = Math.min(perMinute, this.#tokens + ((now - this.#at) * perMinute) / MINUTE_MS);
    this.#at = now;
    return this.#tokens >= 1 ? 0 : ((1 - this.#tokens) * MINUTE_MS) / perMinute;
  }

  take(count: number): void {
    this.#tokens -= count;
  }
}

/** Of the nth event of an issue within an hour: whether its row is kept. */
export function isKept(nth: number, perHour: number): boolean {
  if (nth <= perHour) return true;
  return nth <= perHour * 10 ? nth % 10 === 0 : nth % 100 === 0;
}

/** Counts events of issues by the hour. */
export class IssueRates {
  #hour = 0;
  #counts = new Map<string, number>();

  /** Which event of its issue within this hour this is, from 1. */
  next(issue: string, now: number): number {
    const hour = Math.floor(now / HOUR_MS);
    if (hour !== this.#hour || this.#counts.size >= MAX_WATCHED) {
      this.#counts.clear();
      this.#hour = hour;
    }
    const nth = (this.#counts.get(issue) ?? 0) + 1;
    this.#counts.set(issue, nth);
    return nth;
  }
}

/** Never a spike below so many events a minute. */
const SPIKE_FLOOR = 1000;
const SPIKE_FACTOR = 10;
/** Share of the last minute in what counts as usual. */
const ADAPT = 1 / 60;
const KEPT_IN_SPIKE = 100;

/** Knows what a project usually sends in a minute, and when it is ten times as much. */
export class SpikeWatch {
  #minute: number;
  #count = 0;
  /** Events in a usual minute; null before the first whole one. */
  #usual: number | null = null;

  constructor(now: number) {
    this.#minute = Math.floor(now / MINUTE_MS);
  }

  /** Counts one more event. @returns whether its row is kept: in a spike, one of a hundred. */
  keepsNext(now: number): boolean {
    this.#turnTo(Math.floor(now / MINUTE_MS));
    this.#count++;
    if (this.#usual === null) return true;
    const beyond = this.#count - Math.max(SPIKE_FLOOR, this.#usual * SPIKE_FACTOR);
    return beyond <= 0 || beyond % KEPT_IN_SPIKE === 0;
  }

  #turnTo(minute: number): void {
    const passed = minute - this.#minute;
    if (passed <= 0) return;
    const usual = this.#usual ?? this.#count;
    // A spike teaches as much as the most that is no spike, or it would soon be the rule.
    const counted = Math.min(this.#count, Math.max(SPIKE_FLOOR, usual * SPIKE_FACTOR));
    const quiet = (1 - ADAPT) ** Math.min(passed - 1, 1000);
    this.#usual = (usual + (counted - usual) * ADAPT) * quiet;
    this.#minute = minute;
    this.#count = 0;
  }
}
