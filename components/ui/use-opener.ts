import { type KeyboardEvent, type MouseEvent, type RefObject, useRef, useState } from 'react';

export interface OpenerProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** Opened by a key: what opens then shows where the keyboard is. */
type OpenedBy = 'keyboard' | 'pointer';

export interface Opener {
  open: boolean;
  setOpen: (open: boolean) => void;
  openedBy: OpenedBy;
  triggerRef: RefObject<HTMLButtonElement | null>;
  /** For the element that opens. */
  triggerProps: (popup: 'menu' | 'dialog' | 'listbox') => {
    ref: RefObject<HTMLButtonElement | null>;
    'aria-haspopup': 'menu' | 'dialog' | 'listbox';
    'aria-expanded': boolean;
    'data-state': 'open' | 'closed';
    onClick: (event: MouseEvent) => void;
    onKeyDown: (event: KeyboardEvent) => void;
  };
}

/** State of something that a button opens, its own or the caller's (`open`, `onOpenChange`). */
export function useOpener({ open: given, onOpenChange }: OpenerProps): Opener {
  const [own, setOwn] = useState(false);
  const [openedBy, setOpenedBy] = useState<OpenedBy>('pointer');
  const triggerRef = useRef<HTMLButtonElement>(null);
  const open = given ?? own;
  const setOpen = (next: boolean) => {
    setOwn(next);
    onOpenChange?.(next);
  };
  return {
    open,
    setOpen,
    openedBy,
    triggerRef,
    triggerProps: (popup) => ({
      ref: triggerRef,
      'aria-haspopup': popup,
      'aria-expanded': open,
      'data-state': open ? 'open' : 'closed',
      onClick: (event) => {
        if (event.defaultPrevented) return;
        // A click without a pointer comes from Enter or Space.
        setOpenedBy(event.detail === 0 ? 'keyboard' : 'pointer');
        setOpen(!open);
      },
      onKeyDown: (event) => {
        if (popup === 'dialog' || event.defaultPrevented || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
        event.preventDefault();
        setOpenedBy('keyboard');
        setOpen(true);
      },
    }),
  };
}
