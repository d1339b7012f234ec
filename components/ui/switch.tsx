'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn';

export interface SwitchProps extends Omit<ComponentProps<'input'>, 'type' | 'role' | 'onChange'> {
  onCheckedChange?: (checked: boolean) => void;
  /** Words beside it; without them give `aria-label`. */
  label?: ReactNode;
}

const nothing = () => {};

/** A setting that applies at once (`checked`, `onCheckedChange`). In a form that is sent, use `Checkbox`. */
export function Switch({ label, className, id: givenId, onCheckedChange = nothing, ...props }: SwitchProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const control = (
    <input
      id={id}
      type="checkbox"
      role="switch"
      aria-checked={props.checked}
      onChange={(event) => onCheckedChange(event.target.checked)}
      className={cn(
        'inline-flex h-[18px] w-8 shrink-0 appearance-none items-center rounded-full border border-transparent bg-line-control px-px align-middle transition-colors before:block before:size-3.5 before:rounded-full before:bg-white before:transition-transform checked:bg-accent checked:before:translate-x-[14px] disabled:opacity-50',
        className,
      )}
      {...props}
    />
  );
  if (!label) return control;
  return (
    <span className="inline-flex items-center gap-2">
      {control}
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
    </span>
  );
}
