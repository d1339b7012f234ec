'use client';

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
  value,
  defaultValue,
  onValueChange,
  name,
  className,
  ...aria
}: RadioGroupProps<Value>) {
  const prefix = useId();
  return (
    <div role="radiogroup" className={cn('flex flex-col gap-2', className)} {...aria}>
      {options.map((option) => (
        <div key={option.value} className="flex items-start gap-2">
          <span className="flex h-5 items-center">
            <input
              type="radio"
              id={`${prefix}${option.value}`}
              name={name ?? prefix}
              value={option.value}
              disabled={option.disabled}
              {...(value === undefined
                ? { defaultChecked: option.value === defaultValue }
                : { checked: option.value === value })}
              onChange={() => onValueChange?.(option.value)}
              className="flex size-4 appearance-none items-center justify-center rounded-full border border-line-control bg-surface before:size-1.5 before:rounded-full before:bg-on-accent checked:border-accent checked:bg-accent not-checked:before:hidden disabled:opacity-50"
            />
          </span>
          <label htmlFor={`${prefix}${option.value}`} className="text-sm">
            {option.label}
            {option.hint ? <span className="block text-faint text-xs">{option.hint}</span> : null}
          </label>
        </div>
      ))}
    </div>
  );
}
