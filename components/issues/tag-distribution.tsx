'use client';

import { useQuery } from '@tanstack/react-query';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { formatPercent } from '../ui/format';
import { Skeleton } from '../ui/skeleton';
import { tagsQuery } from './queries';

const SHOWN_VALUES = 3;
const SHOWN_KEYS = 8;

/** Where it happens: the tags of the latest events and how they are spread. */
export function TagDistributionCard({ issueId }: { issueId: string }) {
  const { data } = useQuery(tagsQuery(issueId));
  if (data && data.tags.length === 0) return null;
  return (
    <Card>
      <SectionHeader title="Tags" meta={data ? `latest ${data.sample}` : null} />
      <CardBody>
        {data ? (
          <dl className="space-y-3 text-xs">
            {data.tags.slice(0, SHOWN_KEYS).map((tag) => (
              <div key={tag.key}>
                <dt className="mb-0.5 text-faint">{tag.key}</dt>
                {tag.values.slice(0, SHOWN_VALUES).map(({ value, events }) => (
                  <dd key={value} className="relative flex h-6 items-center justify-between gap-2 px-1.5">
                    <span
                      aria-hidden
                      className="absolute inset-y-0.5 left-0 rounded-sm bg-accent-soft"
                      style={{ width: `${(events / tag.events) * 100}%` }}
                    />
                    <span className="relative min-w-0 truncate font-mono" title={value}>
                      {value || '(empty)'}
                    </span>
                    <span className="relative text-muted tabular-nums">{formatPercent(events / tag.events)}</span>
                  </dd>
                ))}
                {tag.values.length > SHOWN_VALUES ? (
                  <dd className="px-1.5 text-faint">and {tag.values.length - SHOWN_VALUES} more</dd>
                ) : null}
              </div>
            ))}
          </dl>
        ) : (
          <Skeleton className="h-40" />
        )}
      </CardBody>
    </Card>
  );
}
