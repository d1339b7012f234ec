import { DAY_MS } from '../time';

/** One day of events, UTC. */
export interface EventDay {
  /** `event_20261121` */
  partition: string;
  /** First moment of the day, and of the day after. */
  from: string;
  to: string;
}

const BEHIND = 2;
const AHEAD = 7;

/** The days that must have a partition at `now`: two back, for clients that deliver late, to seven ahead. */
export function eventDays(now: Date): EventDay[] {
  const today = Math.floor(now.getTime() / DAY_MS);
  return Array.from({ length: BEHIND + 1 + AHEAD }, (_, index) => {
    const from = new Date((today - BEHIND + index) * DAY_MS);
    return {
      partition: `event_${from.toISOString().slice(0, 10).replaceAll('-', '')}`,
      from: from.toISOString(),
      to: new Date(from.getTime() + DAY_MS).toISOString(),
    };
  });
}

const PARTITION = /^event_(\d{4})(\d\d)(\d\d)$/;

/** Those of the partitions whose last moment lies before `before`. */
export function expiredPartitions(names: readonly string[], before: Date): string[] {
  return names.filter((name) => {
    const [, year, month, day] = PARTITION.exec(name) ?? [];
    return day !== undefined && Date.parse(`${year}-${month}-${day}T00:00:00Z`) + DAY_MS <= before.getTime();
  });
}
