import { formatDuration } from '@/lib/time';
import { formatExact } from './format';

/** `3 h 12 min`, with the seconds on hover. Milliseconds. */
export function Duration({
  ms,
  none = '–',
  className,
}: {
  ms: number | null | undefined;
  none?: string;
  className?: string;
}) {
  if (ms === null || ms === undefined) return <span className={className}>{none}</span>;
  return (
    <span
      className={`whitespace-nowrap tabular-nums ${className ?? ''}`}
      title={`${formatExact(Math.round(ms / 1000))} s`}
    >
      {formatDuration(ms)}
    </span>
  );
}
