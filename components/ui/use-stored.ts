'use client';

import { useCallback, useSyncExternalStore } from 'react';

const CHANGED = 'errata:stored';

function subscribe(listener: () => void): () => void {
  // The browser tells other tabs only; the event of our own tells this one.
  window.addEventListener('storage', listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener('storage', listener);
    window.removeEventListener(CHANGED, listener);
  };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a text in this browser, or removes it; a browser that refuses to keep anything forgets it. */
export function store(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Private windows may forbid it, and a full store refuses.
  }
  window.dispatchEvent(new Event(CHANGED));
}

/** A text that this browser keeps, the same in all of its tabs; null on the server and where nothing was kept. */
export function useStored(key: string): [string | null, (value: string | null) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );
  return [value, useCallback((next: string | null) => store(key, next), [key])];
}
