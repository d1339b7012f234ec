'use client';

import { Switch as Radix } from 'radix-ui';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn';

export interface SwitchProps extends Omit<ComponentProps<typeof Radix.Root>, 'children'> {
  /** Words beside it; without them give `aria-label`. */
  label?: ReactNode;
}

/** A setting that applies at once (`checked`, `onCheckedChange`). In a form that is sent, use `Checkbox`. */
export function Switch({ label, className, id: givenId, ...props }: SwitchProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const control = (
    <Radix.Root
      id={id}
      className={cn(
        'inline-flex h-[18px] w-8 shrink-0 items-center rounded-full align-middle border border-transparent bg-line-control px-px transition-colors disabled:opacity-50 data-[state=checked]:bg-accent',
        className,
      )}
      {...props}
    >
      <Radix.Thumb className="block size-3.5 rounded-full bg-white transition-transform data-[state=checked]:translate-x-[14px]" />
    </Radix.Root>
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
