'use client';

import { useId, useState } from 'react';
import type { EventException, Frame } from '@/lib/ingest/event-schema';
import { exceptionsAsText, exceptionTitle, groupFrames } from '@/lib/issues/stack-frames';
import { CopyButton } from '../ui/copy-button';
import { Segmented } from '../ui/segmented';
import { useStored } from '../ui/use-stored';
import { FrameItem } from './frame-item';

const VIEWS = [
  { value: 'app', label: 'Application' },
  { value: 'all', label: 'All' },
  { value: 'text', label: 'Text' },
] as const;
type View = (typeof VIEWS)[number]['value'];

const isView = (kept: string | null): kept is View => VIEWS.some(({ value }) => value === kept);

/** Exceptions with their frames, the raised one first, its own code before the libraries'. How it is shown is remembered. */
export function StackTrace({ exceptions }: { exceptions: readonly EventException[] }) {
  const [kept, keep] = useStored('errata:frames');
  const view = isView(kept) ? kept : 'app';
  const text = exceptionsAsText(exceptions);
  const raisedFirst = [...exceptions].reverse();
  const id = useId();
  return (
    <div>
      <div className="flex items-center justify-between gap-2 pb-2">
        <Segmented<View> label="Frames" options={VIEWS} value={view} onValueChange={keep} />
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
        <>
          {raisedFirst.length > 1 ? <ExceptionChain id={id} exceptions={raisedFirst} /> : null}
          {raisedFirst.map((exception, index) => (
            <section key={index} className="mb-4 last:mb-0">
              {exceptions.length > 1 ? (
                <h3
                  id={`${id}${index}`}
                  tabIndex={-1}
                  className="mb-1.5 scroll-mt-16 break-words rounded-sm font-mono text-xs"
                >
                  {index > 0 ? <span className="text-faint">Caused by </span> : null}
                  {exceptionTitle(exception)}
                </h3>
              ) : null}
              <Frames exception={exception} all={view === 'all'} />
            </section>
          ))}
        </>
      )}
    </div>
  );
}

/** What caused what, each a step to its frames. */
function ExceptionChain({ id, exceptions }: { id: string; exceptions: readonly EventException[] }) {
  const show = (index: number) => {
    const heading = document.getElementById(`${id}${index}`);
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  return (
    <nav aria-label="Exceptions" className="mb-3">
      <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-xs">
        {exceptions.map((exception, index) => (
          <li key={index} className="flex min-w-0 items-center gap-1.5">
            {index > 0 ? <span className="text-faint">caused by</span> : null}
            <button
              type="button"
              title={exceptionTitle(exception)}
              className="max-w-60 truncate rounded-sm bg-sunken px-1.5 py-0.5 font-mono hover:bg-hover"
              onClick={() => show(index)}
            >
              {exception.type || exceptionTitle(exception)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
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
