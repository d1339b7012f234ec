'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { cn } from './cn';
import { IconButton } from './icon-button';

export interface SheetProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: string;
  /** Keeps the title for screen readers only. */
  hideTitle?: boolean;
  side?: 'left' | 'right';
  trigger?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A panel from the side: navigation on small screens, details beside a list. */
export function Sheet({
  open,
  onOpenChange,
  title,
  hideTitle = false,
  side = 'right',
  trigger,
  className,
  children,
}: SheetProps) {
  const opener = useRef<Element | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-overlay" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement;
            if (hideTitle) return;
            // Not the close button: its tooltip would open, and take the first Escape.
            event.preventDefault();
            (event.currentTarget as HTMLElement).focus();
          }}
          onCloseAutoFocus={(event) => {
            // One that is opened from elsewhere has no trigger to return to.
            if (trigger || !(opener.current instanceof HTMLElement)) return;
            event.preventDefault();
            opener.current.focus();
          }}
          className={cn(
            'fixed inset-y-0 z-50 flex w-[min(28rem,calc(100vw-3rem))] flex-col border-line bg-raised outline-none',
            side === 'right' ? 'right-0 animate-from-right border-l' : 'left-0 animate-from-left border-r',
            className,
          )}
        >
          {hideTitle ? (
            <Radix.Title className="sr-only">{title}</Radix.Title>
          ) : (
            <header className="flex h-12 shrink-0 items-center justify-between border-line border-b px-4">
              <Radix.Title className="font-semibold text-base">{title}</Radix.Title>
              <Radix.Close asChild>
                <IconButton label="Close" icon={<X />} size="sm" />
              </Radix.Close>
            </header>
          )}
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export const SheetClose = Radix.Close;
