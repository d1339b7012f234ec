import type { Metadata } from 'next';
import { WeeklyReportView } from '@/components/trends/weekly-report-view';
import { readWeek } from '@/lib/analytics/week';
import { weeklyReport } from '@/lib/analytics/weekly-report.server';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { readPageScope, type SearchParams } from '../../page-scope';

export const metadata: Metadata = { title: 'Weekly report' };

export default async function WeeklyReportPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, params] = await Promise.all([getViewer(), searchParams]);
  const { scope } = await readPageScope(params);
  const named = typeof params.week === 'string' ? params.week : undefined;
  const week = readWeek(named, scope.zone ?? 'UTC', new Date());
  const report = await weeklyReport({ viewer, scope: { ...scope, range: week.range } });
  return (
    <WeeklyReportView
      report={report}
      week={{ name: week.name, number: week.number, previous: week.previous, next: week.next }}
      zone={scope.zone ?? 'UTC'}
      project={scope.project}
    />
  );
}
