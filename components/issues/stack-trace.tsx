'use client';

import { useState } from 'react';
import type { EventException, Frame } from '@/lib/ingest/event-schema';
import {
  exceptionsAsText,
  exceptionTitle,
  frameLocation,
  groupFrames,
  minifiedPlace,
  sourceLines,
} from '@/lib/issues/stack-frames';
import { Badge } from '../ui/badge';
import { cn } from '../ui/cn';
import { CopyButton } from '../ui/copy-button';
import { Segmented } from '../ui/segmented';

const VIEWS = [
  { value: 'app', label: 'Application' },
  { value: 'all', label: 'All' },
  { value: 'text', label: 'Text' },
] as const;

/** Exceptions with their frames, the raised one first, its own code before the libraries'. */
export function StackTrace({ exceptions }: { exceptions: readonly EventException[] }) {
  const [view, setView] = useState<(typeof VIEWS)[number]['value']>('app');
  const text = exceptionsAsText(exceptions);
  return (
    <div>
      <div className="flex items-center justify-between gap-2 pb-2">
        <Segmented label="Frames" options={VIEWS} value={view} onValueChange={setView} />
        <CopyButton text={text} label="Copy the stack trace" />
      </div>
      {view === 'text' ? (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
          className="max-h-[70vh] overflow-auto whitespace-pre rounded-md border border-line bg-sunken p-3 font-mono text-xs leading-5"
        >
          {text}
        </pre>
      ) : (
        [...exceptions].reverse().map((exception, index) => (
          <section key={index} className="mb-4 last:mb-0">
            {exceptions.length > 1 ? (
              <h3 className="mb-1.5 break-words font-mono text-xs">
                {index > 0 ? <span className="text-faint">Caused by </span> : null}
                {exceptionTitle(exception)}
              </h3>
            ) : null}
            <Frames exception={exception} all={view === 'all'} />
          </section>
        ))
      )}
    </div>
  );
}

function Frames({ exception, all }: { exception: EventException; all: boolean }) {
  const frames = exception.frames ?? [];
  if (frames.length === 0)
    return exception.raw_stack ? (
      <pre className="overflow-auto whitespace-pre-wrap break-words rounded-md border border-line bg-sunken p-3 font-mono text-xs leading-5">
        {exception.raw_stack}
      </pre>
    ) : (
      <p className="text-faint text-xs">No stack trace was sent.</p>
    );
  const groups = groupFrames(frames, all);
  const firstOwn = groups.findIndex((group) => group.kind === 'frame' && group.frame.in_app);
  return (
    <ol className="overflow-hidden rounded-md border border-line">
      {groups.map((group, index) =>
        group.kind === 'frame' ? (
          <FrameItem key={index} frame={group.frame} open={index === Math.max(0, firstOwn)} />
        ) : (
          <FoldedFrames key={index} frames={group.frames} />
        ),
      )}
    </ol>
  );
}

function FoldedFrames({ frames }: { frames: readonly Frame[] }) {
  const [open, setOpen] = useState(false);
  if (open) return frames.map((frame, index) => <FrameItem key={index} frame={frame} open={false} />);
  return (
    <li className="border-line border-t first:border-t-0">
      <button
        type="button"
        className="w-full bg-sunken px-3 py-1 text-left text-faint text-xs hover:text-fg"
        onClick={() => setOpen(true)}
      >
        Show {frames.length} library frames
      </button>
    </li>
  );
}

function FrameItem({ frame, open }: { frame: Frame; open: boolean }) {
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
  const headClasses = 'flex flex-wrap items-baseline gap-x-2.5 px-3 py-1.5';
  if (lines.length === 0 && vars.length === 0 && !frame.minified)
    return <li className={cn('border-line border-t first:border-t-0', headClasses)}>{head}</li>;
  return (
    <li className="border-line border-t first:border-t-0">
      <details open={open}>
        <summary className={cn(headClasses, 'cursor-pointer list-none hover:bg-hover')}>{head}</summary>
        {lines.length > 0 ? (
          <div className="overflow-x-auto border-line border-t bg-sunken py-1.5 font-mono text-xs leading-5">
            {lines.map((line, index) => (
              <div key={index} className={cn('flex w-max min-w-full pr-3', line.failed && 'bg-error-soft')}>
                <span aria-hidden className="w-14 shrink-0 select-none pr-3 text-right text-faint">
                  {line.number}
                </span>
                <span className="whitespace-pre">{line.text || ' '}</span>
              </div>
            ))}
          </div>
        ) : null}
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
      </details>
    </li>
  );
}
