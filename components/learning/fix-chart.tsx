import type { WatchedFixDto } from '@/lib/learning/dossier-schema';
import { HOUR_MS } from '@/lib/time';
import { formatExact } from '../ui/format';

const HEIGHT = 44;
const BAR = 4;

/** Events before and after a fix: bars, the moment it was applied, and the height at which the error came before. */
export function FixChart({ fix }: { fix: WatchedFixDto }) {
  const { points, rate, bucket_ms: bucket } = fix;
  const due = (rate * bucket) / HOUR_MS;
  const highest = Math.max(...points.map((point) => point.events), due, 1);
  const width = points.length * BAR;
  const first = points.findIndex((point) => point.after);
  const appliedX = (first === -1 ? points.length : first) * BAR;
  const level = HEIGHT - (due / highest) * HEIGHT;
  return (
    <figure className="min-w-0">
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-11 w-full"
        role="img"
        aria-label={`${sumOf(fix, false)} events in the week before the fix, ${sumOf(fix, true)} shown since`}
      >
        {points.map((point, index) => (
          <rect
            key={point.at}
            x={index * BAR}
            y={HEIGHT - (point.events / highest) * HEIGHT}
            width={BAR - 1}
            height={(point.events / highest) * HEIGHT}
            fill={point.after ? 'var(--critical)' : 'var(--chart-other)'}
          />
        ))}
        <line x1={0} x2={width} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--line)" />
        <line
          x1={appliedX}
          x2={width}
          y1={level}
          y2={level}
          stroke="var(--chart-1)"
          strokeDasharray="3 3"
          vectorEffect="non-scaling-stroke"
        />
        <line
          x1={appliedX}
          x2={appliedX}
          y1={0}
          y2={HEIGHT}
          stroke="var(--success)"
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <figcaption className="mt-0.5 text-muted tabular-nums">
        {formatExact(Math.round(fix.expected))} {fix.verdict === 'watching' ? 'due by now' : 'due'},{' '}
        <span className={fix.seen > 0 ? 'text-critical-fg' : 'text-success-fg'}>{formatExact(fix.seen)} seen</span>
      </figcaption>
    </figure>
  );
}

const sumOf = ({ points }: WatchedFixDto, after: boolean): number =>
  points.filter((point) => point.after === after).reduce((sum, point) => sum + point.events, 0);
