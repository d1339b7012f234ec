'use client';

import { Check } from 'lucide-react';
import { Menu as Radix } from 'radix-ui/internal';
import { type ComponentProps, type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { cn } from './cn';
import { floatingClasses, menuItemClasses } from './menu-classes';
import type { Align, Side } from './place-beside';
import type { Opener } from './use-opener';

export const MenuRadioGroup = Radix.RadioGroup;

export interface MenuSurfaceProps {
  opener: Opener;
  align: Align;
  side: Side;
  className: string | undefined;
  children: ReactNode;
}

/** What a `Menu` shows once it is open. */
export function MenuSurface({ opener, align, side, className, children }: MenuSurfaceProps) {
  const { setOpen, triggerRef, openedBy } = opener;
  const triggerId = useTriggerId(opener);
  const leftBehind = useRef(false);
  return (
    <Radix.Root open onOpenChange={setOpen} modal={false}>
      <Radix.Anchor virtualRef={triggerRef} />
      <Radix.Portal>
        <Radix.Content
          aria-labelledby={triggerId}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={cn(floatingClasses, 'min-w-44 max-w-80', className)}
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
          {openedBy === 'keyboard' ? <FocusItem selector="[role^=menuitem]:not([data-disabled])" /> : null}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The id of the button that names what it opened. */
export function useTriggerId({ triggerRef }: Opener): string {
  const own = useId();
  useLayoutEffect(() => {
    const trigger = triggerRef.current;
    if (trigger && !trigger.id) trigger.id = own;
  }, [triggerRef, own]);
  return triggerRef.current?.id || own;
}

/** Takes the focus to the first item that `selector` finds in its parent, once the menu has the focus. */
export function FocusItem({ selector }: { selector: string }) {
  const marker = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    // Not at once: a dialog below holds the focus until the menu has taken it.
    const timer = setTimeout(() => {
      marker.current?.parentElement?.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
    });
    return () => clearTimeout(timer);
  }, [selector]);
  return <span ref={marker} hidden />;
}

export interface MenuItemProps extends ComponentProps<typeof Radix.Item> {
  icon?: ReactNode;
  /** Key hint at the right. */
  shortcut?: string;
  danger?: boolean;
}

/** One action: `onSelect`, or `asChild` around a link. */
export function MenuItem({ icon, shortcut, danger = false, className, children, asChild, ...props }: MenuItemProps) {
  const classes = cn(menuItemClasses, danger && 'text-critical-fg [&_svg]:text-critical-fg!', className);
  if (asChild)
    return (
      <Radix.Item asChild className={classes} {...props}>
        {children}
      </Radix.Item>
    );
  return (
    <Radix.Item className={classes} {...props}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut ? <span className="pl-4 text-faint text-xs">{shortcut}</span> : null}
    </Radix.Item>
  );
}

const Indicator = () => (
  <Radix.ItemIndicator className="absolute right-2">
    <Check aria-hidden className="size-4 text-accent-fg" />
  </Radix.ItemIndicator>
);

/** One of several that may be on together; the menu stays open. */
export function MenuCheckItem({ className, children, ...props }: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem
      className={cn(menuItemClasses, 'pr-8', className)}
      onSelect={(event) => event.preventDefault()}
      {...props}
    >
      {children}
      <Indicator />
    </Radix.CheckboxItem>
  );
}

/** One of several of which one is on; stands in a `MenuRadioGroup`. */
export function MenuRadioItem({ className, children, ...props }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn(menuItemClasses, 'pr-8', className)} {...props}>
      {children}
      <Indicator />
    </Radix.RadioItem>
  );
}

export function MenuLabel({ className, ...props }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={cn('px-2 pt-1.5 pb-1 font-medium text-2xs text-faint', className)} {...props} />;
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
