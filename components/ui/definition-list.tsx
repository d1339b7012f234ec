import type { ReactNode } from 'react';
import { cn } from './cn';

export interface DefinitionListProps {
  /** Pairs; those without a value are left out. */
  items: readonly { term: string; value: ReactNode }[];
  className?: string;
}

/** Names and values in two aligned columns. */
export function DefinitionList({ items, className }: DefinitionListProps) {
  return (
    <dl className={cn('grid grid-cols-[minmax(88px,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm', className)}>
      {items
        .filter((item) => item.value !== null && item.value !== undefined && item.value !== '')
        .map((item) => (
          <div key={item.term} className="contents">
            <dt className="text-faint">{item.term}</dt>
            <dd className="min-w-0 break-words">{item.value}</dd>
          </div>
        ))}
    </dl>
  );
}
