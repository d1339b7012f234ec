import { withQuery } from '@/lib/http/client';
import type { EntryFilter, EntryListQuery } from '@/lib/knowledge/entry-input-schema';

export type ListState = Partial<Omit<EntryListQuery, 'limit'>>;

/** `/knowledge?…` with these changes; any change but of the page starts at the first page. */
export function listAddress(state: ListState, change: Partial<ListState> = {}): string {
  const next = { ...state, ...('cursor' in change ? {} : { cursor: undefined }), ...change };
  const { status, ...rest } = next;
  return withQuery('/knowledge', { ...rest, status: status?.join(',') });
}

export type FacetKey = 'status' | 'category' | 'severity' | 'component' | 'tag' | 'origin';

/** Whether a facet's value is on. */
export const isOn = (state: EntryFilter, facet: FacetKey, value: string): boolean =>
  facet === 'status' ? (state.status as string[] | undefined)?.includes(value) === true : state[facet] === value;

/** The list with that value switched on or off; several statuses may be on together. */
export function toggled(state: ListState, facet: FacetKey, value: string): string {
  if (facet !== 'status') return listAddress(state, { [facet]: state[facet] === value ? undefined : value });
  const on = (state.status ?? []) as string[];
  const next = on.includes(value) ? on.filter((each) => each !== value) : [...on, value];
  return listAddress(state, { status: next.length > 0 ? (next as ListState['status']) : undefined });
}

/** How many filters are on. */
export const filterCount = (state: ListState): number =>
  [
    state.status?.length,
    state.category,
    state.severity,
    state.component,
    state.tag,
    state.origin,
    state.disputed,
    state.stale,
  ].filter(Boolean).length;
