import Link from 'next/link';
import type { Issue } from '@/lib/issues/issue-schema';
import { ShortNumber } from '../ui/short-number';
import { KnownFixBadge, LevelIcon, StatusWord } from './issue-badges';
import { IssueTitle } from './issue-title';

/** Issues as lines of two rows, each with one count: for cards and sheets, where the table is too much. */
export function IssueLines<Line extends Issue>({
  issues,
  countOf,
}: {
  issues: readonly Line[];
  countOf: (issue: Line) => number;
}) {
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
              <ShortNumber value={countOf(issue)} />
            </span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
