import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

/** A surface with a hairline. Never one inside another. */
export function Card({ className, ...props }: ComponentProps<'section'>) {
  return <section className={cn('min-w-0 rounded-md border border-line bg-surface', className)} {...props} />;
}

export interface SectionHeaderProps {
  title: ReactNode;
  /** One quiet line below. */
  description?: ReactNode;
  /** Beside the title: a count, a badge. */
  meta?: ReactNode;
  /** At the right: small buttons. */
  actions?: ReactNode;
  level?: 2 | 3;
  className?: string;
}

/** The head of a card or of a section: 40 px with a hairline below when `className` gives one. */
export function SectionHeader({ title, description, meta, actions, level = 2, className }: SectionHeaderProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <header className={cn('flex min-h-10 items-center gap-2 px-4 py-1.5', className)}>
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <Heading className="truncate font-semibold text-sm">{title}</Heading>
          {meta ? <span className="text-faint text-xs tabular-nums">{meta}</span> : null}
        </div>
        {description ? <p className="text-faint text-xs">{description}</p> : null}
      </div>
      {actions ? <div className="flex shrink-0 items-center gap-1">{actions}</div> : null}
    </header>
  );
}

/** The padded inside of a card. */
export function CardBody({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('px-4 pb-4', className)} {...props} />;
}
