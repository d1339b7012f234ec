'use client';

import { Slot } from 'radix-ui';
import { type ReactNode, Suspense } from 'react';
import { late } from './late';
import type { Align, Side } from './place-beside';
import type { PopoverSurfaceProps } from './popover-surface';
import { useOpener } from './use-opener';

const PopoverSurface = late<PopoverSurfaceProps>(() =>
  import('./popover-surface').then((module) => module.PopoverSurface),
);

export interface PopoverProps {
  trigger: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: Align;
  side?: Side;
  className?: string;
  children: ReactNode;
}

/** A small surface tied to its trigger: pickers, filters, a few controls. */
export function Popover({
  trigger,
  open,
  onOpenChange,
  align = 'start',
  side = 'bottom',
  className,
  children,
}: PopoverProps) {
  const opener = useOpener({ open, onOpenChange });
  return (
    <>
      <Slot.Root {...opener.triggerProps('dialog')}>{trigger}</Slot.Root>
      {opener.open ? (
        <Suspense>
          <PopoverSurface opener={opener} align={align} side={side} className={className}>
            {children}
          </PopoverSurface>
        </Suspense>
      ) : null}
    </>
  );
}
