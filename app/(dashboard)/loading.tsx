import { Page } from '@/components/ui/page';
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <Page>
      <Skeleton className="mt-1.5 mb-6 h-5 w-40" />
      <div className="rounded-md border border-line bg-surface">
        <SkeletonRows rows={12} />
      </div>
    </Page>
  );
}
