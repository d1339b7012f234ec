'use client';

import { Slot } from 'radix-ui';
import { type ReactNode, Suspense } from 'react';
import { late } from './late';
import type { MenuSurfaceProps } from './menu-surface';
import type { Align, Side } from './place-beside';
import { useOpener } from './use-opener';

// Nobody has opened a menu when a page comes.
const load = () => import('./menu-surface');
const MenuSurface = late<MenuSurfaceProps>(() => load().then((module) => module.MenuSurface));
export const MenuItem = late(() => load().then((module) => module.MenuItem));
export const MenuCheckItem = late(() => load().then((module) => module.MenuCheckItem));
export const MenuRadioGroup = late(() => load().then((module) => module.MenuRadioGroup));
export const MenuRadioItem = late(() => load().then((module) => module.MenuRadioItem));
export const MenuLabel = late(() => load().then((module) => module.MenuLabel));
export const MenuSeparator = late(() => load().then((module) => module.MenuSeparator));

export interface MenuProps {
  /** The element that opens it: a `Button` or an `IconButton`. */
  trigger: ReactNode;
  align?: Align;
  side?: Side;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
  children: ReactNode;
}

/** Actions behind one button. Children: `MenuItem`, `MenuCheckItem`, `MenuRadioItem`, `MenuLabel`, `MenuSeparator`. */
export function Menu({ trigger, align = 'end', side = 'bottom', open, onOpenChange, className, children }: MenuProps) {
  const opener = useOpener({ open, onOpenChange });
  return (
    <>
      <Slot.Root {...opener.triggerProps('menu')}>{trigger}</Slot.Root>
      {opener.open ? (
        <Suspense>
          <MenuSurface opener={opener} align={align} side={side} className={className}>
            {children}
          </MenuSurface>
        </Suspense>
      ) : null}
    </>
  );
}
