'use client';

import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

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
    <ToggleGroup.Root
      type="single"
      value={value}
      // Radix clears the value when the pressed one is pressed again; one is always on here.
      onValueChange={(next) => next && onValueChange(next as Value)}
      aria-label={label}
      className={cn('inline-flex rounded-md border border-line bg-sunken p-px', className)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          aria-label={option.ariaLabel}
          className={cn(
            'inline-flex items-center justify-center gap-1.5 rounded-[5px] border border-transparent px-2 font-medium text-muted text-xs transition-colors hover:text-fg data-[state=on]:border-line-strong data-[state=on]:bg-raised data-[state=on]:text-fg [&_svg]:size-3.5',
            size === 'sm' ? 'h-[22px]' : 'h-7',
          )}
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
