'use client';

import { Slot } from 'radix-ui';
import { type ReactNode, Suspense } from 'react';
import { late } from './late';
import type { SheetSurfaceProps } from './sheet-surface';
import { useOpener } from './use-opener';

const SheetSurface = late<SheetSurfaceProps>(() => import('./sheet-surface').then((module) => module.SheetSurface));

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
export function Sheet({ open, onOpenChange, hideTitle = false, side = 'right', trigger, ...rest }: SheetProps) {
  const opener = useOpener({ open, onOpenChange });
  return (
    <>
      {trigger ? <Slot.Root {...opener.triggerProps('dialog')}>{trigger}</Slot.Root> : null}
      {opener.open ? (
        <Suspense>
          <SheetSurface onOpenChange={opener.setOpen} hideTitle={hideTitle} side={side} {...rest} />
        </Suspense>
      ) : null}
    </>
  );
}
