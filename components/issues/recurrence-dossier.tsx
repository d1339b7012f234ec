import type { IssueDetail } from '@/lib/issues/issue-schema';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { Duration } from '../ui/duration';
import { RelativeTime } from '../ui/relative-time';

const lasted = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

/** When this issue was resolved, and whether it lasted. */
export function RecurrenceDossier({ recurrence }: { recurrence: IssueDetail['recurrence'] }) {
  const { cycles } = recurrence;
  if (cycles.length === 0) return null;
  const returned = cycles.filter((cycle) => cycle.regressed_at).length;
  return (
    <Card>
      <SectionHeader
        title="Done before"
        description={`Resolved ${times(cycles.length)}${returned > 0 ? `, came back ${times(returned)}` : ', did not come back'}`}
      />
      <CardBody className="text-xs">
        <ol className="space-y-1">
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
      </CardBody>
    </Card>
  );
}

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);
