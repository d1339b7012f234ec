import Link from 'next/link';
import type { ReactNode } from 'react';
import type { EntryFacets } from '@/lib/knowledge/entry-input-schema';
import { STATUS_LABELS } from '@/lib/knowledge/entry-state';
import type { EntryStatus } from '@/lib/knowledge/entry-words';
import { cn } from '../ui/cn';
import { isSeverity, SEVERITY_LABELS } from './entry-badges';
import { type FacetKey, isOn, type ListState, listAddress, toggled } from './list-address';

const ORIGIN_WORDS: Record<string, string> = { human: 'Written', import: 'Imported', learned: 'Learned' };

const GROUPS: readonly { facet: FacetKey; title: string; label?: (value: string) => string }[] = [
  { facet: 'status', title: 'Status', label: (value) => STATUS_LABELS[value as EntryStatus] ?? value },
  { facet: 'category', title: 'Category' },
  { facet: 'severity', title: 'Severity', label: (value) => (isSeverity(value) ? SEVERITY_LABELS[value] : value) },
  { facet: 'component', title: 'Component' },
  { facet: 'tag', title: 'Tag' },
  { facet: 'origin', title: 'Origin', label: (value) => ORIGIN_WORDS[value] ?? value },
];

/** What the list can be narrowed by; every value is a link, so that each state has an address. */
export function FacetPanel({ facets, state }: { facets: EntryFacets; state: ListState }) {
  return (
    <nav aria-label="Filters" className="flex flex-col gap-5 text-sm">
      <Group title="Needs attention">
        <Value
          label="Disputed"
          count={facets.disputed}
          on={state.disputed === true}
          href={listAddress(state, { disputed: state.disputed === true ? undefined : true })}
        />
        <Value
          label="Stale"
          count={facets.stale}
          on={state.stale === true}
          href={listAddress(state, { stale: state.stale === true ? undefined : true })}
        />
      </Group>
      {GROUPS.map(({ facet, title, label = (value) => value }) =>
        facets[facet].length === 0 ? null : (
          <Group key={facet} title={title}>
            {facets[facet].map(({ value, count }) => (
              <Value
                key={value}
                label={label(value)}
                count={count}
                on={isOn(state as Parameters<typeof isOn>[0], facet, value)}
                href={toggled(state, facet, value)}
              />
            ))}
          </Group>
        ),
      )}
    </nav>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-1 px-2 font-medium text-2xs text-faint">{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

function Value({ label, count, on, href }: { label: string; count: number; on: boolean; href: string }) {
  return (
    <li>
      <Link
        href={href}
        scroll={false}
        aria-current={on ? 'true' : undefined}
        className={cn(
          'flex h-7 items-center justify-between gap-2 rounded-sm px-2 hover:bg-hover',
          on ? 'bg-selected font-medium text-fg' : 'text-muted',
        )}
      >
        <span className="truncate">{label}</span>
        <span className="text-faint text-xs tabular-nums">{count}</span>
      </Link>
    </li>
  );
}
