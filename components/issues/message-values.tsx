'use client';

import { useQuery } from '@tanstack/react-query';
import { placeName } from '@/lib/issues/place-values';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { formatPercent } from '../ui/format';
import { valuesQuery } from './grouping-queries';

const SHOWN = 5;

/** What stands at each variable place of the message; a value shows the events that have it. */
export function MessageValues({ issueId, onValue }: { issueId: string; onValue: (pattern: string) => void }) {
  const { data } = useQuery(valuesQuery(issueId));
  if (!data || data.fitting === 0) return null;
  return (
    <Card>
      <SectionHeader title="Values in the message" meta={`latest ${data.sample}`} />
      <CardBody>
        <dl className="space-y-3 text-xs">
          {data.places.map((place, index) => (
            <div key={index}>
              <dt className="mb-0.5 flex items-center gap-2 text-faint">
                <span className="rounded-sm bg-sunken px-1 font-mono text-muted">
                  {placeName(place.token, place.values[0]?.value ?? '')}
                </span>
                {place.distinct === 1 ? 'always the same' : `${place.distinct} different`}
              </dt>
              {place.values.slice(0, SHOWN).map(({ value, events, pattern }) => (
                <dd key={value}>
                  <button
                    type="button"
                    className="relative flex h-6 w-full items-center justify-between gap-2 rounded-sm px-1.5 text-left hover:bg-hover"
                    title={`Show the events with ${value || 'nothing here'}`}
                    onClick={() => onValue(pattern)}
                  >
                    <span
                      aria-hidden
                      className="absolute inset-y-0.5 left-0 rounded-sm bg-accent-soft"
                      style={{ width: `${(events / data.fitting) * 100}%` }}
                    />
                    <span className="relative min-w-0 truncate font-mono">{value || '(empty)'}</span>
                    <span className="relative text-muted tabular-nums">{formatPercent(events / data.fitting)}</span>
                  </button>
                </dd>
              ))}
              {place.distinct > SHOWN ? <dd className="px-1.5 text-faint">and {place.distinct - SHOWN} more</dd> : null}
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}
