'use client';

import { markdown } from '@codemirror/lang-markdown';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';
import { useMemo } from 'react';

const theme = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--fg)', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '20px' },
  '.cm-content': { caretColor: 'var(--fg)', padding: '6px 0' },
  '.cm-line': { padding: '0 10px' },
  '.cm-cursor': { borderLeftColor: 'var(--fg)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--selected)',
  },
  '.cm-placeholder': { color: 'var(--faint)' },
});

const SETUP = {
  lineNumbers: false,
  foldGutter: false,
  highlightActiveLine: false,
  highlightActiveLineGutter: false,
  syntaxHighlighting: false,
  autocompletion: false,
  closeBrackets: false,
  searchKeymap: false,
};

export interface MarkdownEditorProps {
  value: string;
  onChange: (value: string) => void;
  /** Names it for screen readers. */
  label: string;
  /** Id of the words below it. */
  describedBy?: string;
  placeholder?: string;
}

/** Markdown source, edited. Heavy: load it on demand. Tab leaves it, as in any other field. */
export default function MarkdownEditor({ value, onChange, label, describedBy, placeholder }: MarkdownEditorProps) {
  const extensions = useMemo(
    () => [
      markdown(),
      theme,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        'aria-label': label,
        ...(describedBy ? { 'aria-describedby': describedBy } : {}),
      }),
    ],
    [label, describedBy],
  );
  return (
    <CodeMirror
      value={value}
      onChange={onChange}
      extensions={extensions}
      basicSetup={SETUP}
      theme="none"
      indentWithTab={false}
      placeholder={placeholder}
      minHeight="84px"
      maxHeight="60vh"
    />
  );
}
