'use client';

import { ListFilter } from 'lucide-react';
import { hasCondition, toggleCondition } from '@/lib/issues/edit-query';
import type { IssueFacets } from '@/lib/issues/issue-schema';
import { Button } from '../ui/button';
import { Menu, MenuCheckItem, MenuLabel, MenuSeparator } from '../ui/dropdown-menu';

const FACETS = [
  ['service', 'Service'],
  ['environment', 'Environment'],
  ['level', 'Level'],
] as const;

/** Conditions to click, with the number of issues behind each; they go into the query, where they can be edited. */
export function FacetMenus({
  facets,
  query,
  onQuery,
}: {
  facets: IssueFacets | undefined;
  query: string;
  onQuery: (query: string) => void;
}) {
  return (
    <Menu className="max-h-[70vh] overflow-y-auto" trigger={<Button icon={<ListFilter />}>Filter</Button>}>
      {FACETS.map(([key, label], index) => (
        <div key={key}>
          {index > 0 ? <MenuSeparator /> : null}
          <MenuLabel>{label}</MenuLabel>
          {(facets?.[key] ?? []).map(({ value, count }) => (
            <MenuCheckItem
              key={value}
              checked={hasCondition(query, key, value)}
              onCheckedChange={() => onQuery(toggleCondition(query, key, value))}
            >
              <span className="min-w-0 flex-1 truncate">{value}</span>
              <span className="pl-4 text-faint text-xs tabular-nums">{count}</span>
            </MenuCheckItem>
          ))}
        </div>
      ))}
    </Menu>
  );
}
