import type { TrackRecord } from '../knowledge/entry-schema';
import { VERDICT_WORDS } from '../knowledge/markdown/guide-words';
import { formatDuration, MINUTE_MS } from '../time';

/** A track record with its keys in one order. */
export const recordOf = (record: TrackRecord): TrackRecord => ({
  watching: record.watching,
  held: record.held,
  recurred: record.recurred,
  inconclusive: record.inconclusive,
  median_resolution_minutes: record.median_resolution_minutes,
});

/** `4 fixes: 3 held, 1 recurred; median 1 h 5 min to resolve`; null before the first fix. */
export function trackRecordWords(record: TrackRecord): string | null {
  const total = VERDICT_WORDS.reduce((sum, [verdict]) => sum + record[verdict], 0);
  if (total === 0) return null;
  const verdicts = VERDICT_WORDS.filter(([verdict]) => record[verdict] > 0).map(
    ([verdict, words]) => `${record[verdict]} ${words}`,
  );
  const median = record.median_resolution_minutes;
  return `${total} ${total === 1 ? 'fix' : 'fixes'}: ${verdicts.join(', ')}${median === null ? '' : `; median ${formatDuration(median * MINUTE_MS)} to resolve`}`;
}
