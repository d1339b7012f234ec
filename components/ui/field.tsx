'use client';

import { CircleAlert } from 'lucide-react';
import { Slot } from 'radix-ui';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn';

/** The 12 px name of a control. */
export function Label({ className, ...props }: ComponentProps<'label'>) {
  // biome-ignore lint/a11y/noLabelWithoutControl: the caller gives htmlFor.
  return <label className={cn('font-medium text-muted text-xs', className)} {...props} />;
}

export interface FieldProps {
  label: ReactNode;
  /** What to put in, before it goes wrong. */
  hint?: ReactNode;
  /** What is wrong, and what is expected; replaces the hint. */
  error?: ReactNode;
  optional?: boolean;
  /** One control that takes `id`, `aria-describedby` and `aria-invalid`. */
  children: ReactNode;
  className?: string;
}

/** A control with its label, hint and error, tied together for screen readers. */
export function Field({ label, hint, error, optional = false, children, className }: FieldProps) {
  const id = useId();
  const noteId = `${id}note`;
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <Label htmlFor={id}>
        {label}
        {optional ? <span className="ml-1 font-normal text-faint">optional</span> : null}
      </Label>
      <Slot.Root id={id} aria-describedby={hint || error ? noteId : undefined} aria-invalid={error ? true : undefined}>
        {children}
      </Slot.Root>
      {error ? (
        <p id={noteId} role="alert" className="flex items-start gap-1 text-critical-fg text-xs">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {error}
        </p>
      ) : hint ? (
        <p id={noteId} className="text-faint text-xs">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
