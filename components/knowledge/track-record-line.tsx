import type { TrackRecord } from '@/lib/knowledge/entry-schema';
import { TONE_TEXT, type Tone } from '../ui/badge';
import { cn } from '../ui/cn';

const VERDICTS = [
  ['held', 'held', 'success'],
  ['recurred', 'recurred', 'error'],
  ['watching', 'watching', 'violet'],
  ['inconclusive', 'inconclusive', 'neutral'],
] as const satisfies readonly (readonly [keyof TrackRecord, string, Tone])[];

export const fixCount = (record: TrackRecord): number => VERDICTS.reduce((sum, [verdict]) => sum + record[verdict], 0);

/** `3 held · 1 recurred`, or that it was never applied. */
export function TrackRecordLine({ record, none = 'No fix yet' }: { record: TrackRecord; none?: string }) {
  const shown = VERDICTS.filter(([verdict]) => record[verdict] > 0);
  if (shown.length === 0) return <span className="text-faint">{none}</span>;
  return (
    <span className="inline-flex flex-wrap gap-x-2 tabular-nums">
      {shown.map(([verdict, words, tone]) => (
        <span key={verdict} className={cn('whitespace-nowrap', TONE_TEXT[tone])}>
          {record[verdict]} {words}
        </span>
      ))}
    </span>
  );
}
