import type { RankedIssue } from '@/lib/analytics/analytics-schema';
import { IssueLines } from '../issues/issue-lines';
import { Card, SectionHeader } from '../ui/card';
import { EmptyState } from '../ui/empty-state';

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
      {issues.length === 0 ? (
        <EmptyState className="py-8">{none}</EmptyState>
      ) : (
        <IssueLines issues={issues} countOf={(issue) => issue.events_in_range} />
      )}
    </Card>
  );
}
