'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';
import { floatingClasses, menuItemClasses } from './menu-classes';

export const MenuRadioGroup = Radix.RadioGroup;

export interface MenuProps {
  /** The element that opens it: a `Button` or an `IconButton`. */
  trigger: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
  children: ReactNode;
}

/** Actions behind one button. Children: `MenuItem`, `MenuCheckItem`, `MenuRadioItem`, `MenuLabel`, `MenuSeparator`. */
export function Menu({ trigger, align = 'end', side = 'bottom', open, onOpenChange, className, children }: MenuProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={cn(floatingClasses, 'min-w-44 max-w-80', className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
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
