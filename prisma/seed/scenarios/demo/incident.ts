/** One way of failing in the sample company, over thirty days. Day 0 is thirty days ago, day 29 is yesterday, day 30 today. */
export interface Incident {
  key: string;
  service: 'web' | 'orders' | 'pricing' | 'courier';
  type: string;
  severity: 'low' | 'medium' | 'high' | 'critical';
  /** Text of the error; `random` gives numbers in [0, 1). */
  message: (random: () => number) => string;
  stack?: string;
  context?: string;
  /** Expected events on a day. */
  rate: (day: number) => number;
  /** Share of events that name a person; how many people there are. */
  users?: number;
  environments?: readonly string[];
  story?: readonly Step[];
}

/** What people did about it, at noon of a day unless `hour` says otherwise. */
export type Step = { day: number; hour?: number } & (
  | { do: 'accept'; entry: string }
  | { do: 'reject'; entry: string; reason: 'wrong_cause' | 'not_useful' | 'outdated' }
  | { do: 'resolve' }
  | { do: 'mute' }
  | { do: 'assign' }
  | { do: 'comment'; text: string }
);

export const pick = <T>(random: () => number, values: readonly T[]): T =>
  values[Math.floor(random() * values.length)] as T;
export const between = (random: () => number, low: number, high: number): number =>
  Math.floor(low + random() * (high - low + 1));

/** `level` events a day from `from` to `to`, none outside. */
export const during =
  (from: number, to: number, level: number) =>
  (day: number): number =>
    day >= from && day <= to ? level : 0;
/** Spikes on the given days, with little in between. */
export const spikes =
  (days: readonly number[], high: number, low = 0) =>
  (day: number): number =>
    days.includes(day) ? high : low;
/** Growing or shrinking evenly. */
export const ramp =
  (from: number, to: number, start: number, end: number) =>
  (day: number): number =>
    day < from || day > to ? 0 : start + ((end - start) * (day - from)) / Math.max(1, to - from);
