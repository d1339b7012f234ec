import type { ReactNode } from 'react';
import { cn } from './cn';

/** One key, as printed on it. */
export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={cn(
        'inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border border-line-strong bg-sunken px-1 font-sans text-2xs text-muted leading-none',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
