'use client';

import dynamic from 'next/dynamic';
import { createContext, memo, startTransition, useContext, useEffect, useId, useState } from 'react';
import { previewChunks } from '@/lib/knowledge/preview-chunks';
import { cn } from '../ui/cn';
import { LateMarkdown } from '../ui/late-markdown';
import { Skeleton } from '../ui/skeleton';

const MarkdownEditor = dynamic(() => import('./markdown-editor'), {
  ssr: false,
  loading: () => <Skeleton className="m-2 h-[68px]" />,
});

/** Whether Markdown fields show their preview beside the source. */
export const SplitContext = createContext(false);

/** A long text is rendered only when typing pauses, so that it never holds up the keys. */
const LONG = 10_000;

export interface MarkdownFieldProps {
  label: string;
  /** Keeps the label for screen readers, where a heading says the same. */
  hideLabel?: boolean;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  error?: string;
  placeholder?: string;
}

/** A Markdown field: the source, and within a split its live preview. */
export const MarkdownField = memo(function MarkdownField(props: MarkdownFieldProps) {
  const { label, hideLabel = false, value, onChange, hint, error, placeholder } = props;
  const split = useContext(SplitContext);
  const noteId = useId();
  return (
    <div>
      <p className={cn('mb-1 font-medium text-muted text-xs', hideLabel && 'sr-only')}>{label}</p>
      <div
        className={cn(
          'overflow-hidden rounded-md border bg-surface focus-within:border-focus focus-within:outline-1 focus-within:outline-focus',
          error ? 'border-critical' : 'border-line-strong',
          split && 'grid md:grid-cols-2',
        )}
      >
        <div className="min-w-0">
          <MarkdownEditor
            value={value}
            onChange={onChange}
            label={label}
            describedBy={hint || error ? noteId : undefined}
            placeholder={placeholder}
          />
        </div>
        {split ? <Preview value={value} /> : null}
      </div>
      {error ? (
        <p id={noteId} role="alert" className="mt-1 text-critical-fg text-xs">
          {error}
        </p>
      ) : hint ? (
        <p id={noteId} className="mt-1 text-faint text-xs">
          {hint}
        </p>
      ) : null}
    </div>
  );
});

const Chunk = memo(function Chunk({ text }: { text: string }) {
  return (
    // What is scrolled out of sight is neither laid out nor painted.
    <div className="[contain-intrinsic-size:auto_400px] [content-visibility:auto]">
      <LateMarkdown shiftHeadings={3}>{text}</LateMarkdown>
    </div>
  );
});

/** Of a long text only the piece that changed is rendered again. */
const LongMarkdown = ({ text }: { text: string }) =>
  (text.length > LONG ? previewChunks(text) : [text]).map((chunk, at) => <Chunk key={at} text={chunk} />);

function Preview({ value }: { value: string }) {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    // The next key comes first.
    const timer = setTimeout(() => startTransition(() => setShown(value)), value.length > LONG ? 600 : 80);
    return () => clearTimeout(timer);
  }, [value]);
  return (
    <div className="max-h-[60vh] min-w-0 overflow-y-auto [contain:content] border-line px-3 py-2 max-md:border-t md:border-l">
      {shown.trim() ? <LongMarkdown text={shown} /> : <p className="text-faint text-xs">Nothing yet</p>}
    </div>
  );
}
