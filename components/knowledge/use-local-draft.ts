'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { EntryContent } from '@/lib/knowledge/entry-schema';

/** Unsaved words, and what they were based on. */
export interface LocalDraft {
  /** Revision it started from; 0 for a new entry. */
  version: number;
  base: EntryContent;
  content: EntryContent;
  /** ISO instant. */
  savedAt: string;
}

const PAUSE_MS = 600;
const keyOf = (id: string) => `errata.draft.${id}`;

/**
 * Keeps unsaved words in this browser: written when typing pauses and when the page goes, read once at the start.
 * `found` is what an earlier visit left, until it is taken or thrown away.
 */
export function useLocalDraft(id: string, current: Omit<LocalDraft, 'savedAt'> | null) {
  const [found, setFound] = useState<LocalDraft | null>(null);
  const latest = useRef(current);
  latest.current = current;

  useEffect(() => setFound(read(id)), [id]);

  const write = useCallback(() => {
    if (latest.current) store(id, { ...latest.current, savedAt: new Date().toISOString() });
  }, [id]);

  useEffect(() => {
    if (!current) return;
    const timer = setTimeout(write, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [current, write]);

  useEffect(() => {
    window.addEventListener('pagehide', write);
    return () => {
      window.removeEventListener('pagehide', write);
      write();
    };
  }, [write]);

  const clear = useCallback(() => {
    latest.current = null;
    setFound(null);
    forget(id);
  }, [id]);

  return { found, clear, dismiss: () => setFound(null) };
}

// A browser may refuse storage (private mode, full); editing goes on without it.
function read(id: string): LocalDraft | null {
  try {
    const text = localStorage.getItem(keyOf(id));
    return text ? (JSON.parse(text) as LocalDraft) : null;
  } catch {
    return null;
  }
}

function store(id: string, draft: LocalDraft): void {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify(draft));
  } catch {
    return;
  }
}

function forget(id: string): void {
  try {
    localStorage.removeItem(keyOf(id));
  } catch {
    return;
  }
}
