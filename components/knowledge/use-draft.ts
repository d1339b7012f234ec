'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, api } from '@/lib/http/client';
import type { ServerDraft } from '@/lib/knowledge/draft-schema';
import type { EntryContent } from '@/lib/knowledge/entry-schema';
import { newestWords, readUnsaved, type UnsavedWords } from '@/lib/knowledge/unsaved-words';
import { useViewer } from '../layout/viewer';
import { localWords } from './local-words';

const LOCAL_PAUSE_MS = 600;
const SERVER_PAUSE_MS = 2500;
const RETRY_MS = 15_000;

/** Where the latest words are safe: nowhere yet, in this browser, on the server too; or why not there. */
export type DraftState = 'none' | 'browser' | 'server' | 'offline' | 'signed_out';

export type Words = Omit<UnsavedWords, 'savedAt'>;

const path = (entryKey: string) => `/api/v1/knowledge/drafts/${entryKey}`;

/**
 * Keeps unsaved words: in this browser when typing pauses and when the page goes, on the server a little later, and again
 * until it takes them. `found` is what an earlier visit, here or elsewhere, left, until it is taken or thrown away.
 */
export function useDraft(entryKey: string, current: Words | null, blank: EntryContent) {
  const { id: userId } = useViewer();
  const [found, setFound] = useState<UnsavedWords | null>(null);
  const [state, setState] = useState<DraftState>('none');
  const latest = useRef(current);
  latest.current = current;
  const sent = useRef<Words | null>(null);
  const shape = useRef(blank);

  useEffect(() => {
    const local = localWords.read(userId, entryKey, shape.current);
    setFound(local);
    let gone = false;
    api
      .get<{ draft: ServerDraft | null }>(path(entryKey))
      .then(({ draft }) => {
        const remote =
          draft && readUnsaved({ ...draft.content, version: draft.version, savedAt: draft.saved_at }, shape.current);
        if (!gone && remote) setFound((known) => newestWords(known, remote));
      })
      // What the browser kept is offered anyway.
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [userId, entryKey]);

  const keepHere = useCallback(() => {
    if (latest.current) localWords.write(userId, entryKey, { ...latest.current, savedAt: new Date().toISOString() });
  }, [userId, entryKey]);

  const keepThere = useCallback(async () => {
    const words = latest.current;
    if (!words || words === sent.current) return;
    try {
      const { version, ...content } = words;
      await api.put(path(entryKey), { version, content });
      sent.current = words;
      if (latest.current === words) setState('server');
    } catch (error) {
      setState(error instanceof ApiError && error.status === 401 ? 'signed_out' : 'offline');
    }
  }, [entryKey]);

  useEffect(() => {
    if (!current) return;
    const here = setTimeout(() => {
      keepHere();
      setState((now) => (now === 'none' || now === 'server' ? 'browser' : now));
    }, LOCAL_PAUSE_MS);
    const there = setTimeout(() => void keepThere(), SERVER_PAUSE_MS);
    return () => {
      clearTimeout(here);
      clearTimeout(there);
    };
  }, [current, keepHere, keepThere]);

  // Back online, or signed in again in another tab.
  useEffect(() => {
    if (state !== 'offline' && state !== 'signed_out') return;
    const again = () => void keepThere();
    const timer = setInterval(again, RETRY_MS);
    window.addEventListener('online', again);
    window.addEventListener('focus', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
      window.removeEventListener('focus', again);
    };
  }, [state, keepThere]);

  useEffect(() => {
    window.addEventListener('pagehide', keepHere);
    return () => {
      window.removeEventListener('pagehide', keepHere);
      keepHere();
    };
  }, [keepHere]);

  const clear = useCallback(() => {
    latest.current = null;
    setFound(null);
    setState('none');
    localWords.forget(userId, entryKey);
    void api.delete(path(entryKey)).catch(() => undefined);
  }, [userId, entryKey]);

  const dismiss = useCallback(() => setFound(null), []);
  return { found, state, clear, dismiss };
}
