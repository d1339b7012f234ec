import type { CSSProperties } from 'react';
import { cn } from './cn';

/** A grey shape of what comes, in its size, so that nothing jumps. */
export function Skeleton({ className, style }: { className?: string; style?: CSSProperties }) {
  return <span aria-hidden className={cn('block h-4 animate-pulse rounded-sm bg-hover', className)} style={style} />;
}

/** Rows of a table to come: `rows` × 40 px. */
export function SkeletonRows({ rows = 8, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-10 items-center gap-4 border-line border-b px-3 last:border-b-0">
          <Skeleton className="size-4" />
          <Skeleton className="h-3" style={{ width: `${34 + ((row * 17) % 30)}%` }} />
          <Skeleton className="ml-auto h-3 w-16" />
          <Skeleton className="h-3 w-10" />
        </div>
      ))}
    </div>
  );
}
