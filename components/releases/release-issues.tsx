import Link from 'next/link';
import type { Issue } from '@/lib/issues/issue-schema';
import { KnownFixBadge, LevelIcon, StatusWord } from '../issues/issue-badges';
import { IssueTitle } from '../issues/issue-title';
import { Card, SectionHeader } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { ShortNumber } from '../ui/short-number';

export interface ReleaseIssuesProps {
  title: string;
  description: string;
  issues: readonly Issue[];
  none: string;
}

/** Issues that a release brought, or got rid of. */
export function ReleaseIssues({ title, description, issues, none }: ReleaseIssuesProps) {
  return (
    <Card>
      <SectionHeader title={title} description={description} meta={issues.length || null} />
      {issues.length === 0 ? <EmptyState className="py-8">{none}</EmptyState> : null}
      <ol className={issues.length === 0 ? 'hidden' : 'pb-2'}>
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
                <ShortNumber value={issue.events} />
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  );
}
