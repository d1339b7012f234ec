'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { type ChartUnit, formatFigure, formatTick } from './chart-format';
import { ChartFrame, type ChartFrameProps } from './chart-frame';

export interface BarListItem {
  key: string;
  label: string;
  value: number;
  href?: string;
  /** A CSS colour with a meaning; quiet otherwise. */
  color?: string;
  /** Right of the label: a badge. */
  meta?: ReactNode;
}

export interface BarListProps extends Pick<ChartFrameProps, 'title' | 'description' | 'controls'> {
  items: readonly BarListItem[];
  /** What the names are: "Service". */
  nameLabel: string;
  /** What the figures are: "Events". */
  valueLabel: string;
  unit?: ChartUnit;
  /** Labels in mono: error types, file names. */
  mono?: boolean;
  /** At most this high; more rows scroll. Pixels. */
  height?: number;
}

/** Names ranked by a figure, each with a bar behind it. */
export function BarList(props: BarListProps) {
  const { items, nameLabel, valueLabel, unit = 'count', mono = false } = props;
  const highest = Math.max(...items.map((item) => item.value), 0) || 1;
  const height = Math.min(props.height ?? Number.POSITIVE_INFINITY, Math.max(1, items.length) * 32 + 12);
  return (
    <ChartFrame
      title={props.title}
      description={props.description}
      controls={props.controls}
      height={height}
      table={{
        columns: [
          { label: nameLabel },
          { label: valueLabel, format: (value) => formatFigure(value as number | null, unit) },
        ],
        rows: items.map((item) => [item.label, item.value]),
      }}
    >
      {items.length === 0 ? <p className="px-4 text-faint text-xs">Nothing in this period.</p> : null}
      <ol className="h-full overflow-y-auto px-2 pb-3">
        {items.map((item) => {
          const content = (
            <>
              <span
                aria-hidden
                className="absolute inset-y-0.5 left-0 rounded-sm"
                style={{
                  width: `${Math.max(0.5, (item.value / highest) * 100)}%`,
                  background: `color-mix(in oklch, ${item.color ?? 'var(--accent)'} 14%, transparent)`,
                }}
              />
              <span className={`relative min-w-0 truncate ${mono ? 'font-mono text-xs' : ''}`}>{item.label}</span>
              {item.meta ? <span className="relative shrink-0">{item.meta}</span> : null}
              <span className="relative ml-auto shrink-0 pl-3 tabular-nums" title={formatFigure(item.value, unit)}>
                {formatTick(item.value, unit)}
              </span>
            </>
          );
          const classes = 'relative flex h-8 items-center gap-2 rounded-sm px-2';
          return (
            <li key={item.key}>
              {item.href ? (
                <Link href={item.href} className={`${classes} hover:text-accent-fg`}>
                  {content}
                </Link>
              ) : (
                <div className={classes}>{content}</div>
              )}
            </li>
          );
        })}
      </ol>
    </ChartFrame>
  );
}
