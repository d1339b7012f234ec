'use client';

import { markdown } from '@codemirror/lang-markdown';
import CodeMirror, { EditorView, type ReactCodeMirrorRef } from '@uiw/react-codemirror';
import { useEffect, useMemo, useRef, useState } from 'react';
import { pasteHandling } from './editor-paste';
import { EditorTools } from './editor-tools';
import { onFlush } from './pending-edits';
import { referenceCompletion } from './reference-completion';

const theme = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--fg)', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '20px' },
  '.cm-content': { caretColor: 'var(--fg)', padding: '6px 0' },
  '.cm-line': { padding: '0 10px' },
  // The tools of the corner stand beside the first line, never on it.
  '.cm-line:first-child': { paddingRight: '64px' },
  '.cm-cursor': { borderLeftColor: 'var(--fg)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--selected)',
  },
  '.cm-placeholder': { color: 'var(--faint)' },
  '.cm-tooltip': { border: '1px solid var(--line)', borderRadius: '6px', backgroundColor: 'var(--raised)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-sans)', maxHeight: '240px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '4px 8px', color: 'var(--fg)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--selected)',
    color: 'var(--fg)',
  },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--muted)' },
});

const SETUP = {
  lineNumbers: false,
  foldGutter: false,
  highlightActiveLine: false,
  highlightActiveLineGutter: false,
  syntaxHighlighting: false,
  // Ours completes references; see `extensions`.
  autocompletion: false,
  closeBrackets: false,
  searchKeymap: false,
};

/** Reading a text out of the editor and rendering the form takes longer the longer it is: past this only when typing pauses. */
const LONG = 10_000;
const PAUSE_MS = 200;

export interface MarkdownEditorProps {
  /** What it starts with: the editor holds the text from then on. Mount it anew (`key`) to replace that. */
  value: string;
  /** Told at once, and of a long text when typing pauses, the editor is left, or `flushEdits` asks. */
  onChange: (value: string) => void;
  /** Names it for screen readers. */
  label: string;
  /** Id of the words below it. */
  describedBy?: string;
  placeholder?: string;
  /** CSS heights. */
  minHeight?: string;
  maxHeight?: string;
}

/** Markdown source, edited. Heavy: load it on demand. Tab leaves it, as in any other field. */
export default function MarkdownEditor({
  value,
  onChange,
  label,
  describedBy,
  placeholder,
  minHeight = '84px',
  maxHeight = '60vh',
}: MarkdownEditorProps) {
  const editor = useRef<ReactCodeMirrorRef>(null);
  const [initial] = useState(value);
  const reported = useReported(onChange);
  const extensions = useMemo(
    () => [
      reported,
      markdown(),
      theme,
      referenceCompletion(),
      pasteHandling(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        'aria-label': label,
        ...(describedBy ? { 'aria-describedby': describedBy } : {}),
      }),
    ],
    [label, describedBy, reported],
  );
  return (
    <div className="group/editor relative">
      <CodeMirror
        ref={editor}
        value={initial}
        extensions={extensions}
        basicSetup={SETUP}
        theme="none"
        indentWithTab={false}
        placeholder={placeholder}
        minHeight={minHeight}
        maxHeight={maxHeight}
      />
      <EditorTools view={() => editor.current?.view} />
    </div>
  );
}

/** Tells what the editor holds, as an extension of it. */
function useReported(onChange: (value: string) => void) {
  const latest = useRef(onChange);
  latest.current = onChange;
  const waiting = useRef<{ view: EditorView; timer: ReturnType<typeof setTimeout> } | null>(null);
  const [flush] = useState(() => () => {
    if (!waiting.current) return;
    const { view, timer } = waiting.current;
    clearTimeout(timer);
    waiting.current = null;
    latest.current(view.state.doc.toString());
  });
  useEffect(() => {
    const forget = onFlush(flush);
    return () => {
      forget();
      flush();
    };
  }, [flush]);
  return useMemo(
    () => [
      EditorView.updateListener.of(({ docChanged, view }) => {
        if (!docChanged) return;
        if (waiting.current) clearTimeout(waiting.current.timer);
        waiting.current = { view, timer: setTimeout(flush, PAUSE_MS) };
        if (view.state.doc.length <= LONG) flush();
      }),
      EditorView.domEventHandlers({ blur: flush }),
    ],
    [flush],
  );
}
