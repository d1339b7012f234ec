'use client';

import { Popover as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { cn } from './cn';
import { floatingClasses } from './menu-classes';
import type { Align, Side } from './place-beside';
import type { Opener } from './use-opener';

export interface PopoverSurfaceProps {
  opener: Opener;
  align: Align;
  side: Side;
  className: string | undefined;
  children: ReactNode;
}

/** What a `Popover` shows once it is open. */
export function PopoverSurface({ opener, align, side, className, children }: PopoverSurfaceProps) {
  const { setOpen, triggerRef } = opener;
  const leftBehind = useRef(false);
  return (
    <Radix.Root open onOpenChange={setOpen}>
      <Radix.Anchor virtualRef={triggerRef} />
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={cn(floatingClasses, 'w-72 p-3', className)}
          onInteractOutside={(event) => {
            // The trigger closes it by itself; whoever goes elsewhere stays there.
            if (triggerRef.current?.contains(event.target as Node)) event.preventDefault();
            else leftBehind.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!leftBehind.current) triggerRef.current?.focus();
          }}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
