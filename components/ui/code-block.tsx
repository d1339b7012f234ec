'use client';

import { useEffect, useState } from 'react';
import { cn } from './cn';
import { CopyButton } from './copy-button';
import type { CodeToken } from './highlight-tokens';

export interface CodeBlockProps {
  code: string;
  /** `python`, `ts`, `sh`, …; plain when unknown. */
  language?: string;
  /** File name or another caption in the head; the language otherwise. */
  title?: string;
  /** Without the head; the copy button floats. */
  bare?: boolean;
  /** Breaks long lines instead of scrolling sideways. */
  wrap?: boolean;
  lineNumbers?: boolean;
  /** Line number of the first line. */
  firstLine?: number;
  /** Cut to this height with a scroll bar, in pixels. */
  maxHeight?: number;
  className?: string;
}

/** Code as text: coloured after it is shown (the highlighter is loaded on demand), copied by one click. */
export function CodeBlock(props: CodeBlockProps) {
  const { code, language, title, bare = false, wrap = false, lineNumbers = false, firstLine = 1 } = props;
  const text = code.replace(/\n$/, '');
  const tokens = useHighlight(text, language);
  return (
    <figure
      className={cn('group relative min-w-0 overflow-hidden rounded-md border border-line bg-sunken', props.className)}
    >
      {bare ? (
        <span className="absolute top-1 right-1 opacity-0 transition-opacity focus-within:opacity-100 group-hover:opacity-100">
          <CopyButton text={text} variant="secondary" />
        </span>
      ) : (
        <figcaption className="flex h-8 items-center justify-between border-line border-b pr-1 pl-3 text-faint text-xs">
          <span className="truncate font-mono">{title ?? language ?? 'text'}</span>
          <CopyButton text={text} />
        </figcaption>
      )}
      <div className="flex overflow-auto" style={props.maxHeight ? { maxHeight: props.maxHeight } : undefined}>
        {lineNumbers ? (
          <pre
            aria-hidden
            className="sticky left-0 h-fit select-none border-line border-r bg-sunken py-2.5 pr-2 pl-3 text-right text-faint text-xs leading-5"
          >
            {text
              .split('\n')
              .map((_, line) => firstLine + line)
              .join('\n')}
          </pre>
        ) : null}
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
          className={cn('min-w-0 flex-1 px-3 py-2.5 text-xs leading-5', wrap && 'whitespace-pre-wrap break-words')}
        >
          <code>
            {tokens
              ? tokens.map((token, index) =>
                  token.className ? (
                    <span key={index} className={token.className}>
                      {token.text}
                    </span>
                  ) : (
                    token.text
                  ),
                )
              : text}
          </code>
        </pre>
      </div>
    </figure>
  );
}

function useHighlight(code: string, language: string | undefined): CodeToken[] | null {
  const [done, setDone] = useState<{ code: string; language: string; tokens: CodeToken[] } | null>(null);
  useEffect(() => {
    if (!language) return;
    let current = true;
    void import('./highlight').then(({ highlight }) => {
      if (current) setDone({ code, language, tokens: highlight(code, language) });
    });
    return () => {
      current = false;
    };
  }, [code, language]);
  return done && done.code === code && done.language === language ? done.tokens : null;
}
