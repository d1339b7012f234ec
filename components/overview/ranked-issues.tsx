import Link from 'next/link';
import type { RankedIssue } from '@/lib/analytics/analytics-schema';
import { KnownFixBadge, LevelIcon, StatusWord } from '../issues/issue-badges';
import { IssueTitle } from '../issues/issue-title';
import { Card, SectionHeader } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { ShortNumber } from '../ui/short-number';

/** Issues ranked by what they cost in a period. */
export function RankedIssues({
  title,
  description,
  issues,
  none,
}: {
  title: string;
  description?: string;
  issues: readonly RankedIssue[];
  none: string;
}) {
  return (
    <Card>
      <SectionHeader title={title} description={description} />
      {issues.length === 0 ? <EmptyState className="py-8">{none}</EmptyState> : <RankedIssueList issues={issues} />}
    </Card>
  );
}

export function RankedIssueList({ issues }: { issues: readonly RankedIssue[] }) {
  return (
    <ol className="pb-2">
      {issues.map((issue) => (
        <li key={issue.id}>
          <Link href={`/issues/${issue.id}`} className="flex h-11 items-center gap-2.5 px-4 hover:bg-hover">
            <LevelIcon level={issue.level} />
            <span className="min-w-0 flex-1 leading-tight">
              <span className="block truncate font-mono text-xs" title={issue.title}>
                <IssueTitle title={issue.title} template={issue.template} />
              </span>
              <span className="flex gap-1.5 text-2xs text-faint">
                <span className="font-mono">{issue.id}</span>
                <StatusWord issue={issue} />
                <span className="truncate">{issue.service}</span>
              </span>
            </span>
            {issue.known_fix ? <KnownFixBadge fix={issue.known_fix} /> : null}
            <span className="w-12 shrink-0 text-right text-sm tabular-nums">
              <ShortNumber value={issue.events_in_range} />
            </span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
