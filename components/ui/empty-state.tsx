import type { ReactNode } from 'react';
import { cn } from './cn';

export interface EmptyStateProps {
  icon?: ReactNode;
  /** One sentence: what would be here. */
  children: ReactNode;
  /** One action: a `Button` or `ButtonLink`. */
  action?: ReactNode;
  className?: string;
}

/** Nothing here, why, and the one next step. */
export function EmptyState({ icon, children, action, className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center justify-center gap-3 px-6 py-12 text-center', className)}>
      {icon ? <span className="text-faint [&_svg]:size-5">{icon}</span> : null}
      <p className="max-w-md text-balance text-muted text-sm">{children}</p>
      {action}
    </div>
  );
}
