'use client';

import { RadioGroup as Radix } from 'radix-ui';
import { useId } from 'react';
import { cn } from './cn';

export interface RadioOption<Value extends string = string> {
  value: Value;
  label: string;
  hint?: string;
  disabled?: boolean;
}

export interface RadioGroupProps<Value extends string = string> {
  options: readonly RadioOption<Value>[];
  value?: Value;
  defaultValue?: Value;
  onValueChange?: (value: Value) => void;
  name?: string;
  className?: string;
  'aria-label'?: string;
  'aria-labelledby'?: string;
}

/** One of two to five choices that deserve to be read; otherwise `Select`. */
export function RadioGroup<Value extends string = string>({
  options,
  onValueChange,
  className,
  ...props
}: RadioGroupProps<Value>) {
  const prefix = useId();
  return (
    <Radix.Root
      className={cn('flex flex-col gap-2', className)}
      onValueChange={(next) => onValueChange?.(next as Value)}
      {...props}
    >
      {options.map((option) => (
        <div key={option.value} className="flex items-start gap-2">
          <span className="flex h-5 items-center">
            <Radix.Item
              id={`${prefix}${option.value}`}
              value={option.value}
              disabled={option.disabled}
              className="flex size-4 items-center justify-center rounded-full border border-line-control bg-surface disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
            >
              <Radix.Indicator className="size-1.5 rounded-full bg-on-accent" />
            </Radix.Item>
          </span>
          <label htmlFor={`${prefix}${option.value}`} className="text-sm">
            {option.label}
            {option.hint ? <span className="block text-faint text-xs">{option.hint}</span> : null}
          </label>
        </div>
      ))}
    </Radix.Root>
  );
}
