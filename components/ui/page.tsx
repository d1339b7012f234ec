import type { ReactNode } from 'react';
import { cn } from './cn';

/** The content of a page: 24 px gutter, at most 1440 px wide (`narrow`: 860 px, for forms and prose). */
export function Page({
  narrow = false,
  className,
  children,
}: {
  narrow?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div className={cn('mx-auto w-full px-4 py-5 md:px-6', narrow ? 'max-w-[908px]' : 'max-w-[1440px]', className)}>
      {children}
    </div>
  );
}

export interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** Above or beside the title: state badges, an id. */
  meta?: ReactNode;
  /** At the right; the one primary action last. */
  actions?: ReactNode;
  className?: string;
}

/** The page's h1 and its actions. */
export function PageHeader({ title, description, meta, actions, className }: PageHeaderProps) {
  return (
    <header className={cn('mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3', className)}>
      <div className="min-w-0">
        <div className="flex min-h-8 flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="min-w-0 break-words font-semibold text-lg tracking-[-0.01em]">{title}</h1>
          {meta}
        </div>
        {description ? <p className="max-w-2xl text-muted text-sm">{description}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}
