'use client';

import { Command as Cmdk } from 'cmdk';
import { Search } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';
import { Spinner } from './spinner';

/** A filterable list driven by the keyboard. `shouldFilter={false}` when the server does the filtering. */
export function Command({ className, ...props }: ComponentProps<typeof Cmdk>) {
  return <Cmdk className={cn('flex min-h-0 flex-col', className)} loop {...props} />;
}

export function CommandInput({
  loading = false,
  className,
  ...props
}: ComponentProps<typeof Cmdk.Input> & { loading?: boolean }) {
  return (
    <div className={cn('flex h-11 shrink-0 items-center gap-2 border-line border-b px-3 text-faint', className)}>
      {loading ? <Spinner /> : <Search aria-hidden className="size-4 shrink-0" />}
      <Cmdk.Input className="h-full min-w-0 flex-1 bg-transparent text-base text-fg outline-none" {...props} />
    </div>
  );
}

export function CommandList({ className, ...props }: ComponentProps<typeof Cmdk.List>) {
  return <Cmdk.List className={cn('min-h-0 overflow-y-auto overscroll-contain p-1', className)} {...props} />;
}

/** Shown when nothing matches. */
export function CommandEmpty({ children }: { children: ReactNode }) {
  return <Cmdk.Empty className="px-3 py-8 text-center text-faint text-sm">{children}</Cmdk.Empty>;
}

export function CommandGroup({ className, ...props }: ComponentProps<typeof Cmdk.Group>) {
  return (
    <Cmdk.Group
      className={cn(
        '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-faint',
        className,
      )}
      {...props}
    />
  );
}

export interface CommandItemProps extends ComponentProps<typeof Cmdk.Item> {
  icon?: ReactNode;
  /** At the right, quiet: a key hint, an id, a state. */
  trailing?: ReactNode;
}

export function CommandItem({ icon, trailing, className, children, ...props }: CommandItemProps) {
  return (
    <Cmdk.Item
      className={cn(
        "flex min-h-9 select-none items-center gap-2.5 rounded-sm px-2 py-1.5 text-sm data-[disabled=true]:opacity-50 data-[selected=true]:bg-highlight [&_svg:not([class*='size-'])]:size-4 [&_svg:not([class*='text-'])]:text-faint",
        className,
      )}
      {...props}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {trailing ? <span className="flex shrink-0 items-center gap-1 text-faint text-xs">{trailing}</span> : null}
    </Cmdk.Item>
  );
}
