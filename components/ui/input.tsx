import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

export const controlClasses =
  'w-full rounded-md border border-line-strong bg-surface text-fg text-sm transition-colors hover:border-line-control focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-focus focus-visible:outline-offset-0 disabled:opacity-55 aria-invalid:border-critical aria-invalid:focus-visible:outline-critical';

export interface InputProps extends ComponentProps<'input'> {
  /** Inside, at the start: an icon. */
  leading?: ReactNode;
  /** Inside, at the end: a key hint, a unit or a small button. */
  trailing?: ReactNode;
}

/** One line of text, 32 px high. */
export function Input({ leading, trailing, className, ...props }: InputProps) {
  if (!leading && !trailing) return <input className={cn(controlClasses, 'h-8 px-2.5', className)} {...props} />;
  return (
    <span className={cn('relative block', className)}>
      {leading ? (
        <span className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-faint [&_svg]:size-4">
          {leading}
        </span>
      ) : null}
      <input
        className={cn(controlClasses, 'h-8', leading ? 'pl-8' : 'pl-2.5', trailing ? 'pr-9' : 'pr-2.5')}
        {...props}
      />
      {trailing ? <span className="absolute inset-y-0 right-1.5 flex items-center text-faint">{trailing}</span> : null}
    </span>
  );
}
