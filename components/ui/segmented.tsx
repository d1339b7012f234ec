'use client';

import type { ReactNode } from 'react';
import { cn } from './cn';
import { pressNeighbour } from './roving';

export interface SegmentedProps<Value extends string = string> {
  options: readonly { value: Value; label: ReactNode; ariaLabel?: string }[];
  value: Value;
  onValueChange: (value: Value) => void;
  /** Names the group for screen readers. */
  label: string;
  size?: 'sm' | 'md';
  className?: string;
}

/** Two to five short choices side by side, of which one is on. */
export function Segmented<Value extends string = string>({
  options,
  value,
  onValueChange,
  label,
  size = 'md',
  className,
}: SegmentedProps<Value>) {
  return (
    <div
      role="radiogroup"
      aria-label={label}
      onKeyDown={pressNeighbour}
      className={cn('inline-flex rounded-md border border-line bg-sunken p-px', className)}
    >
      {options.map((option) => {
        const on = option.value === value;
        return (
          // biome-ignore lint/a11y/useSemanticElements: an input holds no words.
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={on}
            aria-label={option.ariaLabel}
            data-state={on ? 'on' : 'off'}
            tabIndex={on ? 0 : -1}
            onClick={() => {
              if (!on) onValueChange(option.value);
            }}
            className={cn(
              'inline-flex items-center justify-center gap-1.5 rounded-[5px] border border-transparent px-2 font-medium text-muted text-xs transition-colors hover:text-fg data-[state=on]:border-line-strong data-[state=on]:bg-raised data-[state=on]:text-fg [&_svg]:size-3.5',
              size === 'sm' ? 'h-[22px]' : 'h-7',
            )}
          >
            {option.label}
          </button>
        );
      })}
    </div>
  );
}
