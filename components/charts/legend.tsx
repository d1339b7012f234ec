'use client';

import { cn } from '../ui/cn';

export interface LegendProps {
  items: readonly { key: string; label: string; color: string }[];
  hidden: ReadonlySet<string>;
  onToggle: (key: string) => void;
  previous: boolean;
}

/** Names and colours of the series; a click hides and shows one. */
export function Legend({ items, hidden, onToggle, previous }: LegendProps) {
  return (
    <div className="-ml-1.5 flex flex-wrap items-center gap-x-1 text-muted text-xs">
      {items.map((item) => (
        <button
          key={item.key}
          type="button"
          aria-pressed={!hidden.has(item.key)}
          onClick={() => onToggle(item.key)}
          className={cn(
            'inline-flex h-6 items-center gap-1.5 rounded-sm px-1.5 transition-colors hover:bg-hover hover:text-fg',
            hidden.has(item.key) && 'text-faint line-through',
          )}
        >
          <span
            aria-hidden
            className="size-2 rounded-[2px]"
            style={{ background: hidden.has(item.key) ? 'var(--line-strong)' : item.color }}
          />
          {item.label}
        </button>
      ))}
      {previous ? (
        <span className="inline-flex h-6 items-center gap-1.5 px-1.5 text-faint">
          <span
            aria-hidden
            className="h-0 w-3 border-t-[1.5px] border-dashed"
            style={{ borderColor: 'var(--chart-previous)' }}
          />
          Period before
        </span>
      ) : null}
    </div>
  );
}
