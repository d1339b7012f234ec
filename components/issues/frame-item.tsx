'use client';

import { SquareArrowOutUpRight } from 'lucide-react';
import { useState } from 'react';
import type { Frame } from '@/lib/ingest/event-schema';
import { editorLink } from '@/lib/issues/editor-link';
import { frameLocation, minifiedPlace, sourceLines } from '@/lib/issues/stack-frames';
import { Badge } from '../ui/badge';
import { cn } from '../ui/cn';
import { SourceLines } from './source-lines';
import { useEditor } from './use-editor';

/** One frame: where it stands, and on demand its source and variables. */
export function FrameItem({ frame, open: openAtFirst }: { frame: Frame; open: boolean }) {
  const [open, setOpen] = useState(openAtFirst);
  const lines = sourceLines(frame);
  const vars = Object.entries(frame.vars ?? {});
  const head = (
    <>
      <span className={cn('min-w-0 break-all font-mono text-xs', frame.in_app ? 'font-medium' : 'text-muted')}>
        {frame.function ?? '<anonymous>'}
      </span>
      <span className="min-w-0 break-all font-mono text-2xs text-faint">{frameLocation(frame)}</span>
      {frame.in_app ? <Badge className="ml-auto">app</Badge> : null}
    </>
  );
  const headClasses = 'flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2.5 px-3 py-1.5';
  const isPlain = lines.length === 0 && vars.length === 0 && !frame.minified;
  return (
    <li className="border-line border-t first:border-t-0">
      <div className="flex items-start">
        {isPlain ? (
          <div className={headClasses}>{head}</div>
        ) : (
          <button
            type="button"
            aria-expanded={open}
            className={cn(headClasses, 'text-left hover:bg-hover')}
            onClick={() => setOpen(!open)}
          >
            {head}
          </button>
        )}
        <EditorLink frame={frame} />
      </div>
      {open && !isPlain ? (
        <>
          {lines.length > 0 ? <SourceLines lines={lines} filename={frame.filename ?? frame.abs_path} /> : null}
          {frame.minified ? (
            <p className="break-all border-line border-t px-3 py-1.5 font-mono text-2xs text-faint">
              minified: {minifiedPlace(frame.minified)}
            </p>
          ) : null}
          {vars.length > 0 ? (
            <dl className="grid grid-cols-[minmax(80px,auto)_1fr] gap-x-3 border-line border-t px-3 py-2 font-mono text-2xs">
              {vars.map(([name, value]) => (
                <div key={name} className="contents">
                  <dt className="text-faint">{name}</dt>
                  <dd className="min-w-0 break-all">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
                </div>
              ))}
            </dl>
          ) : null}
        </>
      ) : null}
    </li>
  );
}

function EditorLink({ frame }: { frame: Frame }) {
  const [editor] = useEditor();
  const href = editorLink(editor, frame);
  if (href === null) return null;
  return (
    <a
      href={href}
      rel="noreferrer"
      title="Open in the editor"
      className="flex size-8 shrink-0 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-fg"
    >
      <SquareArrowOutUpRight aria-hidden className="size-3.5" />
      <span className="sr-only">Open {frameLocation(frame)} in the editor</span>
    </a>
  );
}
