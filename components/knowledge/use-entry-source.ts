'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { EntryContent } from '@/lib/knowledge/entry-schema';
import type { SourceProblem, SourceReading } from '@/lib/knowledge/source-text';

const PAUSE_MS = 300;

/** With the YAML it reads: loaded when somebody edits as text. */
const loadText = () => import('@/lib/knowledge/source-text');

/**
 * The entry as one text while that is how it is edited (`text` is null otherwise). Read when typing pauses, and at once by
 * `read`; what cannot be read stays as text, with its problems.
 */
export function useEntrySource(onContent: (content: EntryContent) => void) {
  const [text, setText] = useState<string | null>(null);
  const [problems, setProblems] = useState<SourceProblem[]>([]);
  const reader = useRef<Awaited<ReturnType<typeof loadText>> | null>(null);
  const latest = useRef({ text, written: '' });
  latest.current.text = text;
  const take = useRef(onContent);
  take.current = onContent;

  const read = useCallback((): SourceReading | null => {
    const source = latest.current.text;
    if (source === null || reader.current === null) return null;
    const reading = reader.current.readSource(source);
    setProblems(reading.ok ? [] : reading.problems);
    if (reading.ok && source !== latest.current.written) {
      latest.current.written = source;
      take.current(reading.content);
    }
    return reading;
  }, []);

  useEffect(() => {
    if (text === null || text === latest.current.written) return;
    const timer = setTimeout(read, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, read]);

  return {
    text,
    problems,
    read,
    setText,
    /** Shows the content as text, or a text that was kept because it could not be read. */
    async open(content: EntryContent, kept: string | null = null): Promise<void> {
      reader.current ??= await loadText();
      const source = kept ?? reader.current.writeSource(content);
      latest.current.written = kept === null ? source : '';
      setProblems([]);
      setText(source);
    },
    /** Back to the form; false when the text cannot be read yet. */
    close(): boolean {
      if (read()?.ok === false) return false;
      setText(null);
      return true;
    },
  };
}
