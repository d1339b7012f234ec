'use client';

import { Check, Minus } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn';

export interface CheckboxProps extends Omit<ComponentProps<typeof Radix.Root>, 'children'> {
  /** Words beside the box; without them give `aria-label`. */
  label?: ReactNode;
  hint?: ReactNode;
}

/** Yes, no, or `'indeterminate'` (`checked`, `onCheckedChange`). */
export function Checkbox({ label, hint, className, id: givenId, ...props }: CheckboxProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const box = (
    <Radix.Root
      id={id}
      className={cn(
        'group flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-control bg-surface text-on-accent transition-colors disabled:opacity-50 data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent',
        className,
      )}
      {...props}
    >
      <Radix.Indicator>
        <Check aria-hidden strokeWidth={3} className="size-3 group-data-[state=indeterminate]:hidden" />
        <Minus aria-hidden strokeWidth={3} className="hidden size-3 group-data-[state=indeterminate]:block" />
      </Radix.Indicator>
    </Radix.Root>
  );
  if (!label) return box;
  return (
    <div className="flex items-start gap-2">
      <span className="flex h-5 items-center">{box}</span>
      <label htmlFor={id} className="text-sm">
        {label}
        {hint ? <span className="block text-faint text-xs">{hint}</span> : null}
      </label>
    </div>
  );
}
