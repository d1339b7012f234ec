'use client';

import { useSearchParams } from 'next/navigation';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { DEFAULT_RANGE, RANGES } from '@/lib/time';

/** The filters that pages share, by their names in the URL. */
export const FILTER_NAMES = ['project', 'environment', 'range', 'from', 'to'] as const;

const parsers = {
  /** Slug. */
  project: parseAsString,
  environment: parseAsString,
  range: parseAsStringLiteral(RANGES).withDefault(DEFAULT_RANGE),
  /** ISO instants of a custom range; they win over `range`. */
  from: parseAsString,
  to: parseAsString,
};

/**
 * The shared filters, in the URL: `?project=shop&environment=production&range=7d`, or `from`/`to` for a custom range.
 * Server pages read the same names from `searchParams` through `parseRange` of `lib/time`. Setting one loads the page
 * anew on the server and returns to the first page of a list.
 */
export const useFilters = () => useQueryStates(parsers, { shallow: false, history: 'push', scroll: false });

/** `?project=shop&range=7d` of the current page, to take along to another; empty without any. */
export function useFilterSearch(): string {
  const current = useSearchParams();
  const kept = new URLSearchParams();
  for (const name of FILTER_NAMES) {
    const value = current.get(name);
    if (value) kept.set(name, value);
  }
  const text = kept.toString();
  return text ? `?${text}` : '';
}
