'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { cn } from './cn';
import { IconButton } from './icon-button';

const WIDTHS = { sm: 'max-w-sm', md: 'max-w-lg', lg: 'max-w-3xl', xl: 'max-w-6xl' } as const;

export interface DialogSurfaceProps {
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  size: keyof typeof WIDTHS;
  children?: ReactNode;
}

/** What a `Dialog` shows once it is open. */
export function DialogSurface({ onOpenChange, title, description, footer, size, children }: DialogSurfaceProps) {
  // Before a field of it takes the focus.
  const [opener] = useState(() => (typeof document === 'undefined' ? null : document.activeElement));
  return (
    <Radix.Root open onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-overlay" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={(event) => returnFocus(event, opener)}
          className={cn(
            'fixed top-[12vh] left-1/2 z-50 flex max-h-[80vh] w-[calc(100vw-2rem)] -translate-x-1/2 animate-appear flex-col rounded-lg bg-raised shadow-float outline-none',
            WIDTHS[size],
          )}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
            <div>
              <Radix.Title className="font-semibold text-base">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-0.5 text-muted text-sm">{description}</Radix.Description>
              ) : null}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" icon={<X />} size="sm" className="-mr-1.5" />
            </Radix.Close>
          </header>
          {children ? (
            <div data-dialog-body className="min-h-0 overflow-y-auto px-5 pb-5">
              {children}
            </div>
          ) : null}
          {footer ? (
            <footer className="flex items-center justify-end gap-2 border-line border-t px-5 py-3">{footer}</footer>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Puts the focus back where it was when a dialog opened. */
export function returnFocus(event: Event, opener: Element | null): void {
  event.preventDefault();
  if (opener instanceof HTMLElement) opener.focus();
}

/** The first field or button of the body, else the dialog itself: never the close button, whose tooltip would open. */
function focusFirstField(event: Event): void {
  event.preventDefault();
  const dialog = event.currentTarget as HTMLElement;
  const first = dialog.querySelector<HTMLElement>('[data-dialog-body] :is(input, textarea, select, button)');
  (first ?? dialog).focus();
}
