import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

/** A table in a hairline frame that scrolls sideways when it must. `<Table><TableHeader/><tbody>…</tbody></Table>`. */
export function Table({ frame = true, className, ...props }: ComponentProps<'table'> & { frame?: boolean }) {
  return (
    <div className={cn('relative overflow-x-auto', frame && 'rounded-md border border-line bg-surface')}>
      <table className={cn('w-full border-collapse text-left text-sm', className)} {...props} />
    </div>
  );
}

/** The header row; `sticky` under the top bar of a page whose table is not in a scrolling box. */
export function TableHeader({ sticky = false, children }: { sticky?: boolean; children: ReactNode }) {
  return (
    <thead className={cn('border-line border-b bg-surface text-2xs', sticky && 'sticky top-0 z-10')}>
      <tr>{children}</tr>
    </thead>
  );
}

type Align = 'left' | 'right' | 'center';
const ALIGN: Record<Align, string> = { left: 'text-left', right: 'text-right', center: 'text-center' };

export function HeaderCell({ align = 'left', className, ...props }: ComponentProps<'th'> & { align?: Align }) {
  return (
    <th
      scope="col"
      className={cn('h-8 whitespace-nowrap px-3 font-medium text-faint', ALIGN[align], className)}
      {...props}
    />
  );
}

export interface SortHeaderCellProps {
  children: ReactNode;
  align?: Align;
  /** How the list is sorted by this column now, if it is. */
  direction: 'asc' | 'desc' | null;
  /** Where a click goes (the URL holds the sort) … */
  href?: string;
  /** … or what it does. */
  onSort?: () => void;
  className?: string;
}

/** A column header that sorts. */
export function SortHeaderCell({ children, align = 'left', direction, href, onSort, className }: SortHeaderCellProps) {
  const content = (
    <>
      {children}
      {direction === 'asc' ? <ArrowUp aria-hidden className="size-3" /> : null}
      {direction === 'desc' ? <ArrowDown aria-hidden className="size-3" /> : null}
    </>
  );
  const classes = cn(
    'inline-flex items-center gap-1 rounded-sm font-medium hover:text-fg',
    direction ? 'text-fg' : 'text-faint',
  );
  return (
    <th
      scope="col"
      aria-sort={direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : 'none'}
      className={cn('h-8 whitespace-nowrap px-3', ALIGN[align], className)}
    >
      {href ? (
        <Link href={href} scroll={false} className={classes}>
          {content}
        </Link>
      ) : (
        <button type="button" onClick={onSort} className={classes}>
          {content}
        </button>
      )}
    </th>
  );
}

export interface RowProps extends ComponentProps<'tr'> {
  /** Ticked for a bulk action. */
  selected?: boolean;
  /** Where the keyboard is (`j`/`k`). */
  active?: boolean;
}

/** 40 px, 32 where rows are compact; hover shows where the pointer is. */
export function Row({ selected = false, active = false, className, ...props }: RowProps) {
  return (
    <tr
      aria-selected={selected || undefined}
      data-active={active || undefined}
      className={cn(
        'h-(--row-height) border-line border-b transition-colors last:border-b-0 hover:bg-hover aria-selected:bg-selected',
        active && 'shadow-[inset_2px_0_0_var(--accent)]',
        className,
      )}
      {...props}
    />
  );
}

export function Cell({ align = 'left', className, ...props }: ComponentProps<'td'> & { align?: Align }) {
  return <td className={cn('px-3 py-(--row-gap)', ALIGN[align], className)} {...props} />;
}
