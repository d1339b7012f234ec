import { useRef, useState } from 'react';

/**
 * Rows of a form list with keys of their own, so that editors keep their state when rows move. All changes go through
 * these functions; `items` and `onChange` belong to the form.
 */
export function useRowList<T>(items: readonly T[], onChange: (items: T[]) => void) {
  const counter = useRef(items.length);
  const [keys, setKeys] = useState(() => items.map((_, index) => index));
  return {
    rows: items.map((item, index) => ({ item, key: keys[index] ?? index })),
    add(item: T) {
      setKeys([...keys, counter.current++]);
      onChange([...items, item]);
    },
    change: (index: number, change: Partial<T>) =>
      onChange(items.map((item, at) => (at === index ? { ...item, ...change } : item))),
    remove(index: number) {
      setKeys(keys.filter((_, at) => at !== index));
      onChange(items.filter((_, at) => at !== index));
    },
    /** Takes a row to another place. */
    moveTo(from: number, to: number) {
      setKeys(moved(keys, from, to));
      onChange(moved(items, from, to));
    },
    /** Swaps a row with the one before (-1) or after (1). */
    move(index: number, step: -1 | 1) {
      setKeys(swapped(keys, index, index + step));
      onChange(swapped(items, index, index + step));
    },
  };
}

function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

function swapped<T>(list: readonly T[], a: number, b: number): T[] {
  const next = [...list];
  [next[a], next[b]] = [next[b] as T, next[a] as T];
  return next;
}
