'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import type { ExternalToast, toast } from 'sonner';

type Tell = (sonner: typeof toast) => void;

const Loaded = dynamic(() => import('./toaster').then((module) => module.Toaster), { ssr: false });

/** How long a page may stay busy before the toasts are loaded all the same. */
const LATEST_MS = 2000;

let sonner: typeof toast | null = null;
const waiting: Tell[] = [];

function tell(say: Tell): void {
  if (sonner) say(sonner);
  else waiting.push(say);
}

function start(ready: typeof toast): void {
  sonner = ready;
  for (const say of waiting.splice(0)) say(ready);
}

/**
 * Once, in the root layout. Loaded when the page has come to rest, and before it is needed: what tells that the network
 * is gone cannot be fetched then.
 */
export function Toaster() {
  const [rested, setRested] = useState(false);
  useEffect(() => {
    if (typeof requestIdleCallback === 'undefined') {
      const timer = setTimeout(() => setRested(true), LATEST_MS);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(() => setRested(true), { timeout: LATEST_MS });
    return () => cancelIdleCallback(idle);
  }, []);
  return rested ? <Loaded onReady={start} /> : null;
}

/** Tells that something was done. */
export const toastDone = (message: string, description?: string) => tell((to) => to.success(message, { description }));

/** Tells what failed and why: pass the `ApiError`, or words. */
export const toastError = (problem: unknown, title = 'That did not work') =>
  toastFailure(title, {
    description: problem instanceof Error ? problem.message : String(problem),
    duration: 8000,
  });

/** A failure in words of its own. */
export const toastFailure = (title: string, options: ExternalToast) => tell((to) => to.error(title, options));

/** Tells what was done and offers to take it back for ten seconds, instead of asking first. */
export const toastUndo = (message: string, onUndo: () => void) =>
  tell((to) => to(message, { duration: 10_000, action: { label: 'Undo', onClick: onUndo } }));
