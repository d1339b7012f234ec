'use client';

import { markdown } from '@codemirror/lang-markdown';
import CodeMirror, { EditorView, type ReactCodeMirrorRef } from '@uiw/react-codemirror';
import { useMemo, useRef } from 'react';
import { pasteHandling } from './editor-paste';
import { EditorTools } from './editor-tools';
import { referenceCompletion } from './reference-completion';

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

export interface MarkdownEditorProps {
  value: string;
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
  const extensions = useMemo(
    () => [
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
    [label, describedBy],
  );
  return (
    <div className="group/editor relative">
      <CodeMirror
        ref={editor}
        value={value}
        onChange={onChange}
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
