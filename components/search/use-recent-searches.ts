'use client';

import { useMemo } from 'react';
import { store, useStored } from '../ui/use-stored';

const KEY = 'errata:searches';
const MOST = 8;
/** A pasted stack trace is looked up once; nobody wants it in a list. */
const LONGEST = 100;

function read(kept: string | null): string[] {
  try {
    const list: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(list) ? list.filter((each): each is string => typeof each === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Puts a search on top of the recent ones of this browser. One that goes on from the last replaces it. */
export function rememberSearch(text: string): void {
  const search = text.trim();
  if (search.length < 2 || search.length > LONGEST || search.includes('\n')) return;
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    return;
  }
  const [last, ...older] = read(kept).filter((each) => each !== search);
  const others = last === undefined || search.startsWith(last) ? older : [last, ...older];
  store(KEY, JSON.stringify([search, ...others].slice(0, MOST)));
}

/** The recent searches of this browser, latest first. */
export function useRecentSearches(): { recent: string[]; forget: () => void } {
  const [kept, keep] = useStored(KEY);
  const recent = useMemo(() => read(kept), [kept]);
  return { recent, forget: () => keep(null) };
}
