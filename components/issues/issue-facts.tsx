import Link from 'next/link';
import type { IssueDetail } from '@/lib/issues/issue-schema';
import { Card, CardBody } from '../ui/card';
import { DefinitionList } from '../ui/definition-list';
import { RelativeTime } from '../ui/relative-time';
import { ShortNumber } from '../ui/short-number';

/** When, how often, where. */
export function IssueFacts({ issue }: { issue: IssueDetail }) {
  const inRelease = (release: string | null) =>
    release ? <span className="font-mono text-faint text-xs"> in {release}</span> : null;
  return (
    <Card>
      <CardBody className="pt-3">
        <DefinitionList
          items={[
            {
              term: 'Last seen',
              value: (
                <>
                  <RelativeTime value={issue.last_seen} />
                  {inRelease(issue.last_release)}
                </>
              ),
            },
            {
              term: 'First seen',
              value: (
                <>
                  <RelativeTime value={issue.first_seen} />
                  {inRelease(issue.first_release)}
                </>
              ),
            },
            {
              term: 'Events',
              value: (
                <>
                  <ShortNumber value={issue.events} />
                  <span className="text-faint text-xs">
                    {' '}
                    (<ShortNumber value={issue.events_24h} /> in 24 h, <ShortNumber value={issue.events_30d} /> in 30 d)
                  </span>
                </>
              ),
            },
            ...(issue.users > 0 ? [{ term: 'Users', value: <ShortNumber value={issue.users} /> }] : []),
            {
              term: 'Service',
              value: (
                <Link
                  className="text-accent-fg hover:underline"
                  href={`/issues?query=${encodeURIComponent(`service:"${issue.service}"`)}`}
                >
                  {issue.service}
                </Link>
              ),
            },
            { term: 'Environment', value: issue.environment },
            ...(issue.culprit
              ? [{ term: 'Where', value: <span className="break-all font-mono text-xs">{issue.culprit}</span> }]
              : []),
          ]}
        />
      </CardBody>
    </Card>
  );
}
