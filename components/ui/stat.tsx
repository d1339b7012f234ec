import { ArrowDown, ArrowUp, Minus } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { changeRatio, formatExact, formatPercent, formatShort } from './format';

export interface StatProps {
  label: string;
  /** The figure; a number is shortened with the exact one on hover, anything else is shown as it is. */
  value: number | ReactNode;
  /** The same figure in the period before, to compare numbers with. */
  before?: number | null;
  /** The figure to compare, when `value` is not a number. */
  current?: number | null;
  /** Which direction is good, which decides the colour; `none` leaves it grey. */
  better?: 'lower' | 'higher' | 'none';
  /** Ratios are compared in percentage points. */
  ratio?: boolean;
  /** A word on how it is counted, on hover. */
  hint?: string;
  href?: string;
  /** Under the figure: a sparkline. */
  children?: ReactNode;
  className?: string;
}

/** One key figure with its change against the period before. Put several in a `StatRow`. */
export function Stat({
  label,
  value,
  before = null,
  current = null,
  better = 'none',
  ratio = false,
  hint,
  href,
  children,
  className,
}: StatProps) {
  const figure = typeof value === 'number' ? value : current;
  const shown =
    typeof value === 'number' ? (
      <span title={ratio ? undefined : formatExact(value)}>{ratio ? formatPercent(value) : formatShort(value)}</span>
    ) : (
      value
    );
  const body = (
    <>
      <p className="truncate text-faint text-xs" title={hint}>
        {label}
      </p>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-2">
        <span className="font-semibold text-xl tabular-nums tracking-[-0.02em]">{shown}</span>
        {figure === null || before === null ? null : (
          <Change figure={figure} before={before} better={better} ratio={ratio} />
        )}
      </p>
      {children ? <div className="mt-2">{children}</div> : null}
    </>
  );
  const classes = cn('block min-w-0 bg-surface px-4 py-3 ring-1 ring-line', className);
  return href ? (
    <Link href={href} className={cn(classes, 'transition-colors hover:bg-hover')}>
      {body}
    </Link>
  ) : (
    <div className={classes}>{body}</div>
  );
}

interface ChangeProps {
  figure: number;
  before: number;
  better: NonNullable<StatProps['better']>;
  ratio: boolean;
}

function Change({ figure, before, better, ratio }: ChangeProps) {
  const change = ratio ? figure - before : changeRatio(figure, before);
  if (change === null) return <span className="text-faint text-xs">new</span>;
  const flat = Math.abs(change) < 0.005;
  const good = better === 'higher' ? change > 0 : change < 0;
  const Icon = flat ? Minus : change > 0 ? ArrowUp : ArrowDown;
  const was = ratio ? formatPercent(before) : formatExact(before);
  const size = Math.abs(change * 100);
  return (
    <span
      title={`${was} in the period before`}
      className={cn(
        'inline-flex items-center gap-0.5 whitespace-nowrap font-medium text-xs tabular-nums',
        flat || better === 'none' ? 'text-faint' : good ? 'text-success-fg' : 'text-critical-fg',
      )}
    >
      <Icon aria-hidden className="size-3" />
      <span className="sr-only">{flat ? 'unchanged' : change > 0 ? 'up' : 'down'}</span>
      {flat
        ? ''
        : size >= 1000
          ? `${formatShort(size / 100)}×`
          : `${Number(size.toFixed(size < 10 ? 1 : 0))}${ratio ? ' pp' : '%'}`}
    </span>
  );
}

/** Figures side by side, parted by hairlines. */
export function StatRow({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div
      className={cn(
        'grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-surface sm:grid-cols-[repeat(auto-fit,minmax(160px,1fr))]',
        className,
      )}
    >
      {children}
    </div>
  );
}
