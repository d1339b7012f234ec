'use client';

import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { canFilter, type EventFilter, type EventTerm, hasTerm } from '@/lib/issues/event-filter';
import type { TagDistribution } from '@/lib/issues/issue-schema';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { cn } from '../ui/cn';
import { formatPercent } from '../ui/format';
import { Skeleton } from '../ui/skeleton';
import { tagsQuery } from './queries';

const SHOWN_VALUES = 3;
const SHOWN_KEYS = 8;

interface Chosen {
  filter: EventFilter;
  onTerm: (term: EventTerm) => void;
}

/** Where it happens: releases, environments and tags of the latest events; a value shows the events that have it. */
export function TagDistributionCard({ issueId, ...chosen }: Chosen & { issueId: string }) {
  const { data } = useQuery(tagsQuery(issueId));
  const [all, setAll] = useState(false);
  if (data && data.tags.length === 0) return null;
  const tags = data?.tags ?? [];
  return (
    <Card>
      <SectionHeader title="Releases and tags" meta={data ? `latest ${data.sample}` : null} />
      <CardBody>
        {data ? (
          <>
            <dl className="space-y-3 text-xs">
              {releasesFirst(tags)
                .slice(0, all ? undefined : SHOWN_KEYS)
                .map((tag) => (
                  <TagValues key={tag.key} tag={tag} {...chosen} />
                ))}
            </dl>
            {tags.length > SHOWN_KEYS ? (
              <button
                type="button"
                className="mt-3 px-1.5 text-accent-fg text-xs hover:underline"
                onClick={() => setAll(!all)}
              >
                {all ? 'Show fewer tags' : `Show ${tags.length - SHOWN_KEYS} more tags`}
              </button>
            ) : null}
          </>
        ) : (
          <Skeleton className="h-40" />
        )}
      </CardBody>
    </Card>
  );
}

type Tag = TagDistribution['tags'][number];

const FIRST = ['release', 'environment'];
const placeOf = ({ key }: Tag) => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
const releasesFirst = (tags: readonly Tag[]) => [...tags].sort((a, b) => placeOf(a) - placeOf(b));

function TagValues({ tag, filter, onTerm }: Chosen & { tag: Tag }) {
  const [all, setAll] = useState(false);
  const hidden = tag.values.length - SHOWN_VALUES;
  return (
    <div>
      <dt className="mb-0.5 text-faint">{tag.key}</dt>
      {tag.values.slice(0, all ? undefined : SHOWN_VALUES).map(({ value, events }) => {
        const term = { key: tag.key, value };
        const isChosen = hasTerm(filter, term);
        return (
          <dd key={value}>
            <button
              type="button"
              disabled={!canFilter(term)}
              aria-pressed={isChosen}
              title={`${isChosen ? 'Stop filtering' : 'Filter'} the events by ${value || 'its absence'}`}
              className={cn(
                'relative flex h-6 w-full items-center justify-between gap-2 rounded-sm px-1.5 text-left enabled:hover:bg-hover',
                isChosen && 'font-medium',
              )}
              onClick={() => onTerm(term)}
            >
              <span
                aria-hidden
                className="absolute inset-y-0.5 left-0 rounded-sm bg-accent-soft"
                style={{ width: `${(events / tag.events) * 100}%` }}
              />
              <span className="relative flex min-w-0 items-center gap-1 font-mono">
                {isChosen ? <Check aria-hidden className="size-3 shrink-0" /> : null}
                <span className="truncate">{value || '(empty)'}</span>
              </span>
              <span className="relative text-muted tabular-nums">{formatPercent(events / tag.events)}</span>
            </button>
          </dd>
        );
      })}
      {hidden > 0 ? (
        <dd>
          <button type="button" className="px-1.5 text-faint hover:text-fg" onClick={() => setAll(!all)}>
            {all ? 'show fewer' : `and ${hidden} more`}
          </button>
        </dd>
      ) : null}
    </div>
  );
}
