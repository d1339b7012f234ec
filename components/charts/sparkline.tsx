import { formatExact } from '../ui/format';

export interface SparklineProps {
  /** Evenly spaced figures, oldest first. */
  values: readonly number[];
  /** What is shown, for screen readers: "Events, last 24 hours". */
  label: string;
  kind?: 'bar' | 'line';
  width?: number;
  height?: number;
  color?: string;
  className?: string;
}

/** A word-sized chart from zero, plain SVG. The highest bar is the row's own highest, so rows do not compare. */
export function Sparkline({
  values,
  label,
  kind = 'bar',
  width = 96,
  height = 24,
  color = 'var(--neutral)',
  className,
}: SparklineProps) {
  const highest = Math.max(1, ...values);
  const step = width / Math.max(1, values.length);
  const y = (value: number) => height - 1 - (value / highest) * (height - 2);
  const total = values.reduce((sum, value) => sum + value, 0);
  return (
    <svg
      role="img"
      aria-label={`${label}: ${formatExact(total)} in all, at most ${formatExact(Math.max(0, ...values))}`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className={className}
    >
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} stroke="var(--line)" />
      {kind === 'bar' ? (
        values.map((value, index) =>
          value > 0 ? (
            <rect
              key={index}
              x={index * step}
              y={Math.min(y(value), height - 2.5)}
              width={Math.max(1, step - 1)}
              height={Math.max(1.5, height - 1 - y(value))}
              fill={color}
            />
          ) : null,
        )
      ) : (
        <polyline
          fill="none"
          stroke={color}
          strokeWidth={1.5}
          strokeLinejoin="round"
          points={values.map((value, index) => `${(index + 0.5) * step},${y(value)}`).join(' ')}
        />
      )}
    </svg>
  );
}
