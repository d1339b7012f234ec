'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { cn } from './cn';
import { returnFocus } from './dialog-surface';
import { IconButton } from './icon-button';

export interface SheetSurfaceProps {
  onOpenChange: (open: boolean) => void;
  title: string;
  hideTitle: boolean;
  side: 'left' | 'right';
  className?: string;
  children: ReactNode;
}

/** What a `Sheet` shows once it is open. */
export function SheetSurface({ onOpenChange, title, hideTitle, side, className, children }: SheetSurfaceProps) {
  // Before a field of it takes the focus.
  const [opener] = useState(() => (typeof document === 'undefined' ? null : document.activeElement));
  return (
    <Radix.Root open onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-overlay" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            if (hideTitle) return;
            // Not the close button: its tooltip would open.
            event.preventDefault();
            (event.currentTarget as HTMLElement).focus();
          }}
          onCloseAutoFocus={(event) => returnFocus(event, opener)}
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
