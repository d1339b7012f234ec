'use client';

import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';
import { cn } from './cn';

export interface ErrorStateProps {
  /** What happened: "The issues could not be loaded". */
  title: string;
  /** Why: the problem's own words. */
  why?: ReactNode;
  /** What to do next, in words. */
  next?: ReactNode;
  onRetry?: () => void;
  /** Instead of "Try again". */
  action?: ReactNode;
  className?: string;
}

/** Something failed: what, why, and the next step. */
export function ErrorState({ title, why, next, onRetry, action, className }: ErrorStateProps) {
  return (
    <div
      role="alert"
      className={cn('flex flex-col items-center justify-center gap-3 px-6 py-12 text-center', className)}
    >
      <CircleAlert aria-hidden className="size-5 text-critical-fg" />
      <div className="max-w-md text-balance">
        <p className="font-medium text-sm">{title}</p>
        {why ? <p className="mt-1 text-muted text-sm">{why}</p> : null}
        {next ? <p className="mt-1 text-muted text-sm">{next}</p> : null}
      </div>
      {action ??
        (onRetry ? (
          <Button icon={<RotateCw />} onClick={onRetry}>
            Try again
          </Button>
        ) : null)}
    </div>
  );
}
