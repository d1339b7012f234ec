import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, ButtonLink } from './button';

export interface CursorPaginationProps {
  /** Where the next page is, as a link … */
  nextHref?: string | null;
  /** … and back to the first one (cursors only run forward). */
  firstHref?: string | null;
  /** Or as actions, for lists held in the client. */
  onNext?: () => void;
  onFirst?: () => void;
  loading?: boolean;
  /** "1–50 of 1.2k", at the left. */
  children?: ReactNode;
}

/** Pages by cursor: first and next. Nothing is shown when there is only one page. */
export function CursorPagination({ nextHref, firstHref, onNext, onFirst, loading, children }: CursorPaginationProps) {
  if (!nextHref && !firstHref && !onNext && !onFirst && !children) return null;
  return (
    <nav aria-label="Pages" className="flex h-10 items-center gap-2 text-faint text-xs">
      <span className="mr-auto tabular-nums">{children}</span>
      {firstHref ? (
        <ButtonLink size="sm" href={firstHref} icon={<ChevronLeft />}>
          First page
        </ButtonLink>
      ) : onFirst ? (
        <Button size="sm" onClick={onFirst} icon={<ChevronLeft />}>
          First page
        </Button>
      ) : null}
      {nextHref ? (
        <ButtonLink size="sm" href={nextHref}>
          Next page
          <ChevronRight />
        </ButtonLink>
      ) : onNext ? (
        <Button size="sm" onClick={onNext} loading={loading}>
          Next page
          <ChevronRight />
        </Button>
      ) : null}
    </nav>
  );
}
