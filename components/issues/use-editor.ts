'use client';

import { useMemo } from 'react';
import { type Editor, readEditor } from '@/lib/issues/editor-link';
import { useStored } from '../ui/use-stored';

/** The editor of this browser's machine. */
export function useEditor(): [Editor, (editor: Editor) => void] {
  const [kept, keep] = useStored('errata:editor');
  const editor = useMemo(() => readEditor(kept), [kept]);
  return [editor, (next) => keep(JSON.stringify(next))];
}
