'use client';

import { useRouter } from 'next/navigation';
import type { GuideFilter } from '@/lib/guide/guide-schema';
import { withQuery } from '@/lib/http/client';
import type { EntryFacets } from '@/lib/knowledge/entry-input-schema';
import { Button } from '../ui/button';
import { Select } from '../ui/select';

const FILTERS = [
  { name: 'category', all: 'All categories' },
  { name: 'severity', all: 'Any severity' },
  { name: 'component', all: 'All components' },
  { name: 'tag', all: 'All tags' },
] as const;

const ALL = '*';

/** Narrows the guide, and with it what is exported. */
export function GuideFilters({ filter, facets }: { filter: GuideFilter; facets: EntryFacets }) {
  const router = useRouter();
  const shown = FILTERS.filter(({ name }) => facets[name].length > 0 || filter[name]);
  const go = (change: Partial<GuideFilter>) =>
    router.push(withQuery('/guide', { ...filter, ...change, status: filter.status?.join(',') }), { scroll: false });
  if (shown.length === 0) return null;
  return (
    <div className="mb-5 flex flex-wrap items-center gap-2">
      {shown.map(({ name, all }) => (
        <Select
          key={name}
          size="sm"
          aria-label={all}
          className="w-auto min-w-32 max-w-56"
          value={filter[name] || ALL}
          onValueChange={(value) => go({ [name]: value === ALL ? undefined : value })}
          options={[
            { value: ALL, label: all },
            ...facets[name].map(({ value, count }) => ({ value, label: `${value} (${count})` })),
          ]}
        />
      ))}
      {FILTERS.some(({ name }) => filter[name]) ? (
        <Button size="sm" variant="ghost" onClick={() => router.push('/guide', { scroll: false })}>
          Clear
        </Button>
      ) : null}
    </div>
  );
}
