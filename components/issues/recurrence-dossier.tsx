import Link from 'next/link';
import type { IssueDetail } from '@/lib/issues/issue-schema';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { Duration } from '../ui/duration';
import { RelativeTime } from '../ui/relative-time';
import { VerdictBadge } from './issue-badges';

const lasted = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

/** What was done about this issue before, and whether it lasted. */
export function RecurrenceDossier({ recurrence }: { recurrence: IssueDetail['recurrence'] }) {
  const { cycles, fixes } = recurrence;
  if (cycles.length === 0 && fixes.length === 0) return null;
  const returned = cycles.filter((cycle) => cycle.regressed_at).length;
  return (
    <Card>
      <SectionHeader
        title="Done before"
        description={
          cycles.length === 0
            ? undefined
            : `Resolved ${times(cycles.length)}${returned > 0 ? `, came back ${times(returned)}` : ', did not come back'}`
        }
      />
      <CardBody className="space-y-3 text-xs">
        {fixes.length > 0 ? (
          <ul className="space-y-2">
            {fixes.map((fix) => (
              <li key={fix.id} className="flex items-start justify-between gap-2">
                <span className="min-w-0">
                  <Link href={fix.url} className="text-accent-fg hover:underline">
                    <span className="font-mono">{fix.entry}</span> {fix.title}
                  </Link>
                  <span className="block text-faint">
                    applied <RelativeTime value={fix.applied_at} /> by {fix.applied_by}
                    {fix.release ? ` in ${fix.release}` : ''}
                  </span>
                </span>
                <VerdictBadge verdict={fix.verdict} />
              </li>
            ))}
          </ul>
        ) : null}
        {cycles.length > 0 ? (
          <ol className="space-y-1 border-line border-t pt-2 first:border-t-0 first:pt-0">
            {cycles.slice(0, 5).map((cycle) => (
              <li key={cycle.resolved_at} className="text-muted">
                Resolved <RelativeTime value={cycle.resolved_at} />
                {cycle.resolved_by ? ` by ${cycle.resolved_by}` : ''}
                {cycle.regressed_at ? (
                  <span className="text-critical-fg">
                    , back after <Duration ms={lasted(cycle.resolved_at, cycle.regressed_at)} />
                    {cycle.regressed_release ? ` in ${cycle.regressed_release}` : ''}
                  </span>
                ) : null}
              </li>
            ))}
          </ol>
        ) : null}
      </CardBody>
    </Card>
  );
}

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);
