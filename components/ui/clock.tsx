'use client';

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';

const TICK_MS = 15_000;
const listeners = new Set<() => void>();
let current = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for every relative time on the page; it rests in a hidden tab. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    if (document.hidden) return;
    current = Date.now();
    for (const notify of listeners) notify();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    current = 0;
  };
}

function readClock(): number {
  if (current === 0) current = Date.now();
  return current;
}

const RenderedAt = createContext<number | null>(null);

/** The server's clock at render time, so that the first client render says the same. Milliseconds since the epoch. */
export function ClockProvider({ renderedAt, children }: { renderedAt: number; children: ReactNode }) {
  return <RenderedAt value={renderedAt}>{children}</RenderedAt>;
}

/** Now, ticking every 15 s; null while hydrating without a `ClockProvider`. */
export function useNow(): number | null {
  const renderedAt = useContext(RenderedAt);
  return useSyncExternalStore<number | null>(subscribe, readClock, () => renderedAt);
}
