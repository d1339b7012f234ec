'use client';

import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { Kbd } from './kbd';

/** Once, near the root: the first tooltip waits, the next ones follow at once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={350} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  );
}

export interface TooltipProps {
  /** What it says; nothing is shown when empty. */
  content: ReactNode;
  /** The one element it belongs to; it must take a ref and be focusable to be reached by keyboard. */
  children: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
  align?: 'start' | 'center' | 'end';
  /** Keys such as `['⌘', 'K']`. */
  shortcut?: readonly string[];
  className?: string;
}

/** A short explanation on hover and focus. Never the only place of something needed. */
export function Tooltip({ content, children, side = 'top', align = 'center', shortcut, className }: TooltipProps) {
  if (!content) return children;
  return (
    <Radix.Root>
      <Radix.Trigger
        asChild
        onFocus={(event) => {
          // Focus that comes from nowhere was put back by a menu or dialog that closed; nobody asked what this is.
          if (!event.relatedTarget) event.preventDefault();
        }}
      >
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            'z-50 flex max-w-80 animate-appear items-center gap-2 rounded-md bg-raised px-2 py-1 text-fg text-xs shadow-float',
            className,
          )}
        >
          {content}
          {shortcut ? (
            <span className="flex gap-0.5">
              {shortcut.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </span>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
