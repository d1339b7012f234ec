'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import { type Completion, completeQuery, takeCompletion } from '@/lib/issues/suggest-query';
import { useFilters } from '../layout/use-filters';
import { valuesQuery } from './queries';

/** Completions of a query at its caret: arrows move, Enter and Tab take one, Escape puts them away. */
export function useCompletions(query: string, onQuery: (query: string) => void) {
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(-1);
  const [filters] = useFilters();

  const asked = caret === null ? null : completeQuery(query, caret).asks;
  const { data } = useQuery({
    ...valuesQuery(asked, filters.project),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
  const completions = caret === null ? null : completeQuery(query, caret, asked ? data?.data : undefined);
  const items = completions?.items ?? [];
  const open = items.length > 0;

  const close = () => {
    setCaret(null);
    setActive(-1);
  };
  const follow = (box: HTMLInputElement) => {
    setCaret(box.selectionStart ?? box.value.length);
    setActive(-1);
  };
  const take = (item: Completion) => {
    if (!completions) return;
    const next = takeCompletion(query, completions, item.text);
    onQuery(next.query);
    // A name wants its value next; a value is done.
    if (/[:.]$/.test(item.text)) setCaret(next.caret);
    else setCaret(null);
    setActive(-1);
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return follow(event.currentTarget);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((active + step + items.length + (active < 0 && step < 0 ? 1 : 0)) % items.length);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && open && items[active]) {
      event.preventDefault();
      take(items[active]);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  return { input, open, items, active, take, follow, close, onKeyDown };
}
