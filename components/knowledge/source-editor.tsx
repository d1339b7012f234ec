'use client';

import dynamic from 'next/dynamic';
import type { SourceProblem } from '@/lib/knowledge/source-text';
import { Skeleton } from '../ui/skeleton';

const MarkdownEditor = dynamic(() => import('./markdown-editor'), {
  ssr: false,
  loading: () => <Skeleton className="m-2 h-[60vh]" />,
});

/** The whole entry as one text, with what cannot be read of it. */
export function SourceEditor({
  value,
  onChange,
  problems,
}: {
  value: string;
  onChange: (value: string) => void;
  problems: readonly SourceProblem[];
}) {
  return (
    <div>
      <div className="overflow-hidden rounded-md border border-line-strong bg-surface focus-within:border-focus focus-within:outline-1 focus-within:outline-focus">
        <MarkdownEditor value={value} onChange={onChange} label="Entry as Markdown" minHeight="50vh" maxHeight="75vh" />
      </div>
      {problems.length > 0 ? (
        <ul role="alert" className="mt-1.5 text-critical-fg text-xs">
          {problems.slice(0, 5).map(({ line, message }) => (
            <li key={`${line} ${message}`}>
              Line {line}: {message}
            </li>
          ))}
        </ul>
      ) : (
        <p className="mt-1.5 text-faint text-xs">
          Values stand between the dashes; each part of the entry under its own heading, such as # Symptoms or #
          Solution: its title.
        </p>
      )}
    </div>
  );
}
