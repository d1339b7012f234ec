import { TZDate } from '@date-fns/tz';
import { addDays, getISOWeek, getISOWeekYear, startOfISOWeek } from 'date-fns';
import type { TimeRange } from '../time';

/** A calendar week (ISO 8601, Monday to Sunday) of a time zone. */
export interface Week {
  /** `2026-W46` */
  name: string;
  number: number;
  range: TimeRange;
  previous: string;
  /** Null for the week that is not over yet. */
  next: string | null;
}

const NAME = /^(\d{4})-W(\d{2})$/;

const nameOf = (monday: TZDate | Date): string =>
  `${getISOWeekYear(monday)}-W${String(getISOWeek(monday)).padStart(2, '0')}`;

/** The week of this name, or the last one that is over; one that has not begun, or does not exist, counts as that too. */
export function readWeek(name: string | undefined, zone: string, now: Date): Week {
  const current = startOfISOWeek(new TZDate(now.getTime(), zone));
  const monday = (name ? mondayOf(name, zone) : null) ?? addDays(current, -7);
  const begun = monday.getTime() > current.getTime() ? addDays(current, -7) : monday;
  const end = addDays(begun, 7);
  return {
    name: nameOf(begun),
    number: getISOWeek(begun),
    range: { from: new Date(begun.getTime()), to: new Date(Math.min(end.getTime(), now.getTime())) },
    previous: nameOf(addDays(begun, -7)),
    next: end.getTime() <= current.getTime() ? nameOf(end) : null,
  };
}

/** The fourth of January always lies in week 1. */
function mondayOf(name: string, zone: string): TZDate | null {
  const [, year, week] = NAME.exec(name)?.map(Number) ?? [];
  if (!year || !week) return null;
  const first = startOfISOWeek(new TZDate(year, 0, 4, zone));
  const monday = addDays(first, (week - 1) * 7) as TZDate;
  return nameOf(monday) === name ? monday : null;
}
