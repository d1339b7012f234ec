import Link from 'next/link';
import type { FixOutcomes, LearningProgress } from '@/lib/analytics/analytics-schema';
import { Badge } from '../ui/badge';
import { ButtonLink } from '../ui/button';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { RelativeTime } from '../ui/relative-time';

/** Did the fixes hold, and what waits for a decision. */
export function FixesCard({ fixes, learning }: { fixes: FixOutcomes; learning: LearningProgress }) {
  const { held, recurred, watching, inconclusive, failed } = fixes;
  return (
    <Card>
      <SectionHeader
        title="Fixes"
        actions={
          learning.pending > 0 ? (
            <ButtonLink href="/review" size="sm">
              Review {learning.pending} {learning.pending === 1 ? 'suggestion' : 'suggestions'}
            </ButtonLink>
          ) : null
        }
      />
      <CardBody>
        <p className="flex flex-wrap gap-1.5">
          <Badge tone="success" dot>
            {held} held
          </Badge>
          <Badge tone="critical" dot>
            {recurred} did not hold
          </Badge>
          <Badge tone="violet" dot>
            {watching} watching
          </Badge>
          {inconclusive > 0 ? <Badge>{inconclusive} inconclusive</Badge> : null}
        </p>
        {failed.length > 0 ? (
          <>
            <h3 className="mt-4 mb-1 font-medium text-faint text-xs">Did not hold</h3>
            <ul className="space-y-2 text-xs">
              {failed.map((fix) => (
                <li key={`${fix.issue}-${fix.applied_at}`} className="leading-tight">
                  <Link href={`/issues/${fix.issue}`} className="block truncate py-1 font-mono hover:text-accent-fg">
                    {fix.issue_title}
                  </Link>
                  <span className="text-2xs text-faint">
                    <span className="font-mono">{fix.issue}</span> came back <RelativeTime value={fix.verdict_at} />{' '}
                    after{' '}
                    <Link href={`/knowledge/${fix.entry}`} className="hover:text-accent-fg">
                      <span className="font-mono">{fix.entry}</span> {fix.entry_title}
                    </Link>
                  </span>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p className="mt-3 text-faint text-xs">
            {held + recurred + watching + inconclusive === 0
              ? 'No fix was accepted yet. Accept a suggestion, or write down what solved an issue.'
              : 'No fix failed in this period.'}
          </p>
        )}
      </CardBody>
    </Card>
  );
}
