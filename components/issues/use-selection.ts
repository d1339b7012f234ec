'use client';

import { useState } from 'react';

/** Ticked rows of a list; Shift ticks everything from the last one. */
export function useSelection(rows: readonly string[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<number | null>(null);
  return {
    ids,
    toggle: (index: number, extend: boolean) => {
      const next = new Set(ids);
      const adding = !ids.has(rows[index] ?? '');
      const from = extend && anchor !== null ? anchor : index;
      for (const id of rows.slice(Math.min(from, index), Math.max(from, index) + 1))
        adding ? next.add(id) : next.delete(id);
      setIds(next);
      setAnchor(index);
    },
    toggleAll: () => setIds(rows.every((id) => ids.has(id)) ? new Set() : new Set(rows)),
    clear: () => {
      setIds(new Set());
      setAnchor(null);
    },
  };
}
