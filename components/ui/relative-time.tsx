'use client';

import { useNow } from './clock';
import { formatRelative, formatUtc } from './format';
import { Tooltip } from './tooltip';

export interface RelativeTimeProps {
  /** ISO string or Date; nothing or a dash when absent. */
  value: string | Date | null | undefined;
  /** Shown when there is no value. */
  none?: string;
  className?: string;
}

const localFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** `4 min ago`, ticking; local time and exact UTC on hover. Safe to hydrate. */
export function RelativeTime({ value, none = '–', className }: RelativeTimeProps) {
  const now = useNow();
  const time = value ? new Date(value).getTime() : Number.NaN;
  if (Number.isNaN(time)) return <span className={className}>{none}</span>;
  const utc = formatUtc(time);
  return (
    <Tooltip
      content={
        <span className="grid gap-0.5 tabular-nums">
          <span>{localFormat.format(time)}</span>
          <span className="text-faint">{utc}</span>
        </span>
      }
    >
      <time dateTime={new Date(time).toISOString()} className={className}>
        {now === null ? utc.slice(0, 16) : formatRelative(time, now)}
      </time>
    </Tooltip>
  );
}
