'use client';

import dynamic from 'next/dynamic';
import { memo, useEffect, useId, useState } from 'react';
import { cn } from '../ui/cn';
import { Markdown } from '../ui/markdown';
import { Segmented } from '../ui/segmented';
import { Skeleton } from '../ui/skeleton';

const MarkdownEditor = dynamic(() => import('./markdown-editor'), {
  ssr: false,
  loading: () => <Skeleton className="m-2 h-[68px]" />,
});

type View = 'write' | 'split' | 'preview';
const VIEWS = [
  { value: 'write', label: 'Write' },
  { value: 'split', label: 'Split' },
  { value: 'preview', label: 'Preview' },
] as const;

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

/** A Markdown field: source, preview, or both side by side. */
export const MarkdownField = memo(function MarkdownField(props: MarkdownFieldProps) {
  const { label, hideLabel = false, value, onChange, hint, error, placeholder } = props;
  const [view, setView] = useState<View>('write');
  const noteId = useId();
  return (
    <div>
      <div className="mb-1 flex items-end justify-between gap-2">
        <span className={cn('font-medium text-muted text-xs', hideLabel && 'sr-only')}>{label}</span>
        <Segmented
          size="sm"
          className="ml-auto"
          label={`View of ${label}`}
          options={VIEWS}
          value={view}
          onValueChange={setView}
        />
      </div>
      <div
        className={cn(
          'overflow-hidden rounded-md border bg-surface focus-within:border-focus focus-within:outline-1 focus-within:outline-focus',
          error ? 'border-critical' : 'border-line-strong',
          view === 'split' && 'grid md:grid-cols-2',
        )}
      >
        <div className={view === 'preview' ? 'hidden' : 'min-w-0'}>
          <MarkdownEditor
            value={value}
            onChange={onChange}
            label={label}
            describedBy={hint || error ? noteId : undefined}
            placeholder={placeholder}
          />
        </div>
        {view === 'write' ? null : (
          <Preview
            value={value}
            className={cn(
              'max-h-[60vh] min-w-0 overflow-y-auto px-3 py-2',
              view === 'split' && 'border-line max-md:border-t md:border-l',
            )}
          />
        )}
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

function Preview({ value, className }: { value: string; className: string }) {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setShown(value), value.length > LONG ? 600 : 80);
    return () => clearTimeout(timer);
  }, [value]);
  return (
    <div className={className}>
      {shown.trim() ? (
        <Markdown shiftHeadings={3}>{shown}</Markdown>
      ) : (
        <p className="text-faint text-xs">Nothing yet</p>
      )}
    </div>
  );
}
