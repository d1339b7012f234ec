import type { LearningScore } from '@/lib/learning/score-schema';
import { ChartFrame } from '../charts/chart-frame';
import { Card } from '../ui/card';
import { formatPercent } from '../ui/format';

const HEIGHT = 180;
const SIZE = 150;
const percent = (value: string | number | null): string => (typeof value === 'number' ? formatPercent(value) : '–');

/** How sure suggestions were against how often they were right; on the line it is as sure as it should be. */
export function CalibrationCard({ calibration }: { calibration: LearningScore['calibration'] }) {
  const { bins, decisions, shift } = calibration;
  return (
    <Card>
      <ChartFrame
        title="How sure, how often right"
        description={
          decisions === 0
            ? 'No suggestion was decided yet'
            : `${decisions} decisions${shift === 0 ? '' : `; confidences are ${shift < 0 ? 'lowered' : 'raised'} because of it`}`
        }
        height={HEIGHT}
        table={{
          columns: [
            { label: 'Confidence' },
            { label: 'Said', format: percent },
            { label: 'Was right', format: percent },
            { label: 'Decisions' },
          ],
          rows: bins.map((bin) => [`${bin.from * 100}–${bin.to * 100}%`, bin.said, bin.was, bin.decisions]),
        }}
      >
        <div className="flex h-full items-center justify-center gap-4 px-4 pb-3">
          <span className="-rotate-90 w-4 whitespace-nowrap text-2xs text-faint">Was right</span>
          <svg
            viewBox={`-6 -6 ${SIZE + 12} ${SIZE + 12}`}
            className="h-full overflow-visible"
            role="img"
            aria-label={bins
              .map((bin) => `Said ${formatPercent(bin.said)}, was right ${formatPercent(bin.was)}`)
              .join('; ')}
          >
            <rect width={SIZE} height={SIZE} fill="none" stroke="var(--line)" />
            <line x1={0} y1={SIZE} x2={SIZE} y2={0} stroke="var(--line-strong)" strokeDasharray="3 3" />
            <polyline
              points={bins.map((bin) => `${bin.said * SIZE},${SIZE - bin.was * SIZE}`).join(' ')}
              fill="none"
              stroke="var(--accent)"
              strokeWidth={1.5}
            />
            {bins.map((bin) => (
              <circle
                key={bin.from}
                cx={bin.said * SIZE}
                cy={SIZE - bin.was * SIZE}
                r={Math.min(6, 2 + Math.sqrt(bin.decisions))}
                fill="var(--accent)"
              >
                <title>{`Said ${formatPercent(bin.said)}, was right ${formatPercent(bin.was)} of ${bin.decisions}`}</title>
              </circle>
            ))}
          </svg>
          <span className="self-end whitespace-nowrap pb-1 text-2xs text-faint">Said</span>
        </div>
      </ChartFrame>
    </Card>
  );
}
