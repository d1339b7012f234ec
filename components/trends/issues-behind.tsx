'use client';

import { useQuery } from '@tanstack/react-query';
import { IssueLines } from '../issues/issue-lines';
import { ButtonLink } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { formatUtc } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { SkeletonRows } from '../ui/skeleton';
import { listHref } from './list-href';
import { issuesBehindQuery, type PointParams } from './queries';

/** The issues behind a point of a chart, the loudest first, and the way to the list that shows the same. */
export function IssuesBehind({ point, onClose }: { point: PointParams | null; onClose: () => void }) {
  return (
    <Sheet open={point !== null} onOpenChange={(open) => !open && onClose()} title="Issues behind this point">
      {point ? <Behind point={point} /> : null}
    </Sheet>
  );
}

function Behind({ point }: { point: PointParams }) {
  const { data, error, refetch } = useQuery(issuesBehindQuery(point));
  return (
    <>
      <div className="flex items-center justify-between gap-3 border-line border-b px-4 py-2.5 text-xs">
        <p className="min-w-0 text-muted tabular-nums">
          {formatUtc(Date.parse(point.from)).slice(0, 16)} – {formatUtc(Date.parse(point.to)).slice(0, 16)} UTC
          {narrowed(point) ? <span className="block truncate text-faint">{narrowed(point)}</span> : null}
        </p>
        <ButtonLink size="sm" href={listHref(point)}>
          Open in issues
        </ButtonLink>
      </div>
      {error ? (
        <ErrorState title="The issues could not be loaded" why={error.message} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={6} />
      ) : data.data.length === 0 ? (
        <EmptyState>No issue had an event here.</EmptyState>
      ) : (
        <IssueLines issues={data.data} countOf={(issue) => issue.events_in_range} />
      )}
    </>
  );
}

const SPLITS = ['service', 'type', 'level', 'environment'] as const;

const narrowed = (point: PointParams): string =>
  SPLITS.flatMap((split) => (point[split] ? [`${split}: ${point[split]}`] : [])).join(' · ');
