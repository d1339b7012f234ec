'use client';

import { Slot } from 'radix-ui';
import {
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { cn } from './cn';
import { Kbd } from './kbd';
import { type Align, placeBeside, type Side } from './place-beside';

/** The first tooltip waits; the next ones, soon after it, follow at once. */
const DELAY_MS = 350;
const SOON_MS = 200;
/** Long enough to move the pointer from the element to its tooltip. */
const LEAVE_MS = 80;
let lastShown = Number.NEGATIVE_INFINITY;

export interface TooltipProps {
  /** What it says; nothing is shown when empty. */
  content: ReactNode;
  /** The one element it belongs to; it must take a ref and be focusable to be reached by keyboard. */
  children: ReactNode;
  side?: Side;
  align?: Align;
  /** Keys such as `['⌘', 'K']`. */
  shortcut?: readonly string[];
  className?: string;
}

/** A short explanation on hover and focus. Never the only place of something needed. */
export function Tooltip({ content, children, side = 'top', align = 'center', shortcut, className }: TooltipProps) {
  const id = useId();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [anchor, setAnchor] = useState<Element | null>(null);
  const change = (next: Element | null, delay: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(next), delay);
  };
  const hide = () => {
    clearTimeout(timer.current);
    setAnchor(null);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  if (!content) return children;
  return (
    <>
      <Slot.Root
        aria-describedby={anchor ? id : undefined}
        onPointerEnter={(event: PointerEvent) => {
          if (event.pointerType === 'touch') return;
          change(event.currentTarget, performance.now() - lastShown < SOON_MS ? 0 : DELAY_MS);
        }}
        onPointerLeave={() => change(null, LEAVE_MS)}
        onPointerDown={hide}
        onClick={hide}
        onFocus={(event: FocusEvent) => {
          // Focus that comes from nowhere was put back by a menu or dialog that closed; nobody asked what this is.
          if (event.relatedTarget && event.target.matches(':focus-visible')) change(event.currentTarget, 0);
        }}
        onBlur={hide}
      >
        {children}
      </Slot.Root>
      {anchor ? (
        <Bubble
          id={id}
          anchor={anchor}
          side={side}
          align={align}
          className={className}
          onHide={hide}
          onPointerEnter={() => clearTimeout(timer.current)}
          onPointerLeave={() => change(null, LEAVE_MS)}
        >
          {content}
          {shortcut ? (
            <span className="flex gap-0.5">
              {shortcut.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </span>
          ) : null}
        </Bubble>
      ) : null}
    </>
  );
}

interface BubbleProps extends Required<Pick<TooltipProps, 'side' | 'align'>> {
  id: string;
  anchor: Element;
  className: string | undefined;
  onHide: () => void;
  onPointerEnter: () => void;
  onPointerLeave: () => void;
  children: ReactNode;
}

function Bubble({ id, anchor, side, align, className, onHide, children, ...pointer }: BubbleProps) {
  const bubble = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = bubble.current!;
    const room = { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight };
    const { left, top } = placeBeside(anchor.getBoundingClientRect(), box.getBoundingClientRect(), room, side, align);
    box.style.left = `${left}px`;
    box.style.top = `${top}px`;
  }, [anchor, side, align]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && onHide();
    document.addEventListener('keydown', onKeyDown);
    window.addEventListener('scroll', onHide, { capture: true, passive: true });
    return () => {
      lastShown = performance.now();
      document.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('scroll', onHide, { capture: true });
    };
  }, [onHide]);
  return createPortal(
    <div
      ref={bubble}
      id={id}
      role="tooltip"
      className={cn(
        'pointer-events-auto fixed top-0 left-0 z-50 flex w-max max-w-80 animate-appear items-center gap-2 rounded-md bg-raised px-2 py-1 text-fg text-xs shadow-float',
        className,
      )}
      {...pointer}
    >
      {children}
    </div>,
    document.body,
  );
}
