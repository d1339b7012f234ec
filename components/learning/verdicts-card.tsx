import type { LearningScore } from '@/lib/learning/score-schema';
import { ChartFrame } from '../charts/chart-frame';
import { TONE_FILL, type Tone } from '../ui/badge';
import { Card } from '../ui/card';

const ORIGINS = { human: 'Written by people', import: 'Imported', learned: 'Learned' } as const;
const VERDICTS = [
  ['held', 'held', 'success'],
  ['recurred', 'recurred', 'critical'],
  ['inconclusive', 'inconclusive', 'neutral'],
  ['watching', 'watching', 'violet'],
] as const satisfies readonly (readonly ['held' | 'recurred' | 'inconclusive' | 'watching', string, Tone])[];

/** What became of fixes, by where their entry comes from. */
export function VerdictsCard({ verdicts }: { verdicts: LearningScore['verdicts'] }) {
  return (
    <Card>
      <ChartFrame
        title="Verdicts by origin"
        description="Fixes applied in this period"
        height={168}
        table={{
          columns: [{ label: 'Origin' }, ...VERDICTS.map(([, label]) => ({ label }))],
          rows: verdicts.map((row) => [ORIGINS[row.origin], ...VERDICTS.map(([verdict]) => row[verdict])]),
        }}
      >
        <ul className="flex flex-col gap-4 px-4 pt-1 pb-4">
          {verdicts.map((row) => {
            const whole = VERDICTS.reduce((sum, [verdict]) => sum + row[verdict], 0);
            const told = VERDICTS.filter(([verdict]) => row[verdict] > 0);
            return (
              <li key={row.origin} className="text-xs">
                <p className="flex flex-wrap justify-between gap-x-3">
                  <span>{ORIGINS[row.origin]}</span>
                  <span className="text-muted tabular-nums">
                    {told.length === 0
                      ? 'no fixes'
                      : told.map(([verdict, label]) => `${row[verdict]} ${label}`).join(' · ')}
                  </span>
                </p>
                <div aria-hidden className="mt-1 flex h-1.5 gap-px overflow-hidden rounded-full bg-hover">
                  {told.map(([verdict, , tone]) => (
                    <span
                      key={verdict}
                      className={TONE_FILL[tone]}
                      style={{ width: `${(100 * row[verdict]) / whole}%` }}
                    />
                  ))}
                </div>
              </li>
            );
          })}
        </ul>
      </ChartFrame>
    </Card>
  );
}
