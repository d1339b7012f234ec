import { Page } from './page';
import { Skeleton, SkeletonRows } from './skeleton';

const Title = () => <Skeleton className="mt-1.5 mb-6 h-5 w-40" />;

/** A list to come: its title, the row of its filters, its rows. */
export function ListSkeleton({ rows = 14 }: { rows?: number }) {
  return (
    <Page>
      <Title />
      <Skeleton className="mb-3 h-8 w-full max-w-xl" />
      <div className="rounded-md border border-line bg-surface">
        <SkeletonRows rows={rows} />
      </div>
    </Page>
  );
}

/** Key figures and charts to come. */
export function ChartsSkeleton() {
  return (
    <Page>
      <Title />
      <div role="status" aria-label="Loading" className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <Skeleton className="h-[68px] rounded-md lg:col-span-2" />
        <Skeleton className="h-[280px] rounded-md lg:col-span-2" />
        <Skeleton className="h-[260px] rounded-md" />
        <Skeleton className="h-[260px] rounded-md" />
      </div>
    </Page>
  );
}
