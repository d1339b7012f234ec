import type { TrackRecord } from '@/lib/knowledge/entry-schema';
import { formatDuration, MINUTE_MS } from '@/lib/time';
import { TrackRecordLine } from '../knowledge/track-record-line';

/** "Held 11 of 13, median 9 min to resolve": of the fixes that have a verdict. */
export function TrackRecordWords({ record }: { record: TrackRecord }) {
  const judged = record.held + record.recurred + record.inconclusive;
  const median = record.median_resolution_minutes;
  if (judged === 0) return <TrackRecordLine record={record} none="Never applied yet" />;
  return (
    <span className="text-muted tabular-nums">
      <span className={record.recurred > record.held ? 'text-error-fg' : 'text-success-fg'}>
        Held {record.held} of {judged}
      </span>
      {record.watching > 0 ? `, ${record.watching} watched` : ''}
      {median === null ? '' : `, median ${formatDuration(median * MINUTE_MS)} to resolve`}
    </span>
  );
}
