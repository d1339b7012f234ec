'use client';

import { useEffect, useState } from 'react';
import { sourceLanguage } from '@/lib/issues/source-language';
import type { sourceLines } from '@/lib/issues/stack-frames';
import { cn } from '../ui/cn';
import type { CodeToken } from '../ui/highlight-tokens';
import { tokenLines } from '../ui/token-lines';

type Lines = ReturnType<typeof sourceLines>;

/** Source around a frame, the failed line marked, coloured once the highlighter is there. */
export function SourceLines({ lines, filename }: { lines: Lines; filename: string | undefined }) {
  const coloured = useColours(lines, sourceLanguage(filename));
  return (
    <div className="overflow-x-auto border-line border-t bg-sunken py-1.5 font-mono text-xs leading-5">
      {lines.map((line, index) => (
        <div key={index} className={cn('flex w-max min-w-full pr-3', line.failed && 'bg-error-soft')}>
          <span aria-hidden className="w-14 shrink-0 select-none pr-3 text-right text-faint">
            {line.number}
          </span>
          <code className="whitespace-pre">
            {coloured?.[index]?.map(({ text, className }, at) => (
              <span key={at} className={className || undefined}>
                {text}
              </span>
            )) ??
              (line.text || ' ')}
          </code>
        </div>
      ))}
    </div>
  );
}

/** Lines are coloured as one text, so that a comment is one over its lines too. */
function useColours(lines: Lines, language: string | undefined): CodeToken[][] | null {
  const code = lines.map(({ text }) => text.replaceAll('\n', ' ')).join('\n');
  const [done, setDone] = useState<{ code: string; lines: CodeToken[][] } | null>(null);
  useEffect(() => {
    if (!language) return;
    let current = true;
    void import('../ui/highlight').then(({ highlight }) => {
      if (current) setDone({ code, lines: tokenLines(highlight(code, language)) });
    });
    return () => {
      current = false;
    };
  }, [code, language]);
  return done?.code === code ? done.lines : null;
}
