import { Tag } from 'lucide-react';
import type { Release } from '@/lib/analytics/release-schema';
import { EmptyState } from '../ui/empty-state';
import { Page, PageHeader } from '../ui/page';
import { CursorPagination } from '../ui/pagination';
import { ReleaseTable } from './release-table';

export interface ReleasesViewProps {
  releases: readonly Release[];
  nextHref: string | null;
  firstHref: string | null;
}

/** How releases do. */
export function ReleasesView({ releases, nextHref, firstHref }: ReleasesViewProps) {
  return (
    <Page>
      <PageHeader
        title="Releases"
        description="Those that sent events or sessions in this period: who runs them, how many sessions ended without a crash, and what they broke."
      />
      {releases.length === 0 ? (
        <EmptyState icon={<Tag />}>
          No release was heard of in this period. SDKs name theirs by the option <code>release</code>, OpenTelemetry by{' '}
          <code>service.version</code>.
        </EmptyState>
      ) : (
        <ReleaseTable releases={releases} />
      )}
      <CursorPagination nextHref={nextHref} firstHref={firstHref} />
    </Page>
  );
}
