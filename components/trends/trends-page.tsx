'use client';

import type { ReactNode } from 'react';
import { useFilterSearch } from '../layout/use-filters';
import { Page, PageHeader } from '../ui/page';
import { TabLinks } from '../ui/tabs';

export const TREND_TABS = [
  { value: 'errors', label: 'Errors', path: '/trends' },
  { value: 'resolution', label: 'Resolution', path: '/trends/resolution' },
  { value: 'learning', label: 'Learning', path: '/trends/learning' },
  { value: 'report', label: 'Weekly report', path: '/trends/report' },
] as const;
export type TrendTab = (typeof TREND_TABS)[number]['value'];

/** The frame of every page under `/trends`: one title, one tab a subject, the filters kept from tab to tab. */
export function TrendsPage({ tab, actions, children }: { tab: TrendTab; actions?: ReactNode; children: ReactNode }) {
  const search = useFilterSearch();
  return (
    <Page>
      <PageHeader title="Trends" actions={actions} className="mb-2 print:hidden" />
      <TabLinks
        label="Trends"
        value={tab}
        items={TREND_TABS.map(({ value, label, path }) => ({ value, label, href: `${path}${search}` }))}
        className="mb-4 print:hidden"
      />
      {children}
    </Page>
  );
}
