'use client';

import { Slot } from 'radix-ui';
import { type ReactNode, Suspense } from 'react';
import type { DialogSurfaceProps } from './dialog-surface';
import { late } from './late';
import { useOpener } from './use-opener';

const DialogSurface = late<DialogSurfaceProps>(() => import('./dialog-surface').then((module) => module.DialogSurface));

export interface DialogProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** Element that opens it, when it is not controlled. */
  trigger?: ReactNode;
  /** Buttons, right-aligned: cancel first, the verb last. */
  footer?: ReactNode;
  size?: DialogSurfaceProps['size'];
  children?: ReactNode;
}

/** Interrupts for one decision or a short form. Escape and a click outside close it; focus returns to where it was. */
export function Dialog({ open, onOpenChange, trigger, size = 'md', ...rest }: DialogProps) {
  const opener = useOpener({ open, onOpenChange });
  return (
    <>
      {trigger ? <Slot.Root {...opener.triggerProps('dialog')}>{trigger}</Slot.Root> : null}
      {opener.open ? (
        <Suspense>
          <DialogSurface onOpenChange={opener.setOpen} size={size} {...rest} />
        </Suspense>
      ) : null}
    </>
  );
}
