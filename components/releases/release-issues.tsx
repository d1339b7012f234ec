import type { Issue } from '@/lib/issues/issue-schema';
import { IssueLines } from '../issues/issue-lines';
import { Card, SectionHeader } from '../ui/card';
import { EmptyState } from '../ui/empty-state';

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
      {issues.length === 0 ? (
        <EmptyState className="py-8">{none}</EmptyState>
      ) : (
        <IssueLines issues={issues} countOf={(issue) => issue.events} />
      )}
    </Card>
  );
}
