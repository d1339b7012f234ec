'use client';

import Link from 'next/link';
import { Tabs as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

const tabClasses =
  '-mb-px inline-flex h-9 items-center gap-1.5 whitespace-nowrap border-b-2 border-transparent px-0.5 font-medium text-muted text-sm transition-colors hover:text-fg data-[state=active]:border-accent data-[state=active]:text-fg';

export interface TabItem<Value extends string = string> {
  value: Value;
  label: string;
  /** A number beside the label. */
  count?: number;
}

const Count = ({ value }: { value: number | undefined }) =>
  value === undefined ? null : (
    <span className="rounded-full bg-hover px-1.5 text-2xs text-muted tabular-nums">{value}</span>
  );

export interface TabsProps<Value extends string = string> {
  items: readonly TabItem<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
  /** Names the list for screen readers. */
  label: string;
  /** `TabPanel`s. */
  children: ReactNode;
  className?: string;
}

/** Views of one thing on one page. Keep `value` in the URL. */
export function Tabs<Value extends string = string>({
  items,
  value,
  onValueChange,
  label,
  children,
  className,
}: TabsProps<Value>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onValueChange(next as Value)} className={className}>
      <Radix.List aria-label={label} className="flex gap-5 overflow-x-auto overflow-y-hidden border-line border-b">
        {items.map((item) => (
          <Radix.Trigger key={item.value} value={item.value} className={tabClasses}>
            {item.label}
            <Count value={item.count} />
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children}
    </Radix.Root>
  );
}

/** What one tab shows. */
export function TabPanel({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={cn('pt-4', className)} {...props} />;
}

export interface TabLinksProps {
  items: readonly (TabItem & { href: string })[];
  value: string;
  label: string;
  className?: string;
}

/** Tabs whose panels are pages of their own. */
export function TabLinks({ items, value, label, className }: TabLinksProps) {
  return (
    <nav
      aria-label={label}
      className={cn('flex gap-5 overflow-x-auto overflow-y-hidden border-line border-b', className)}
    >
      {items.map((item) => (
        <Link
          key={item.value}
          href={item.href}
          aria-current={item.value === value ? 'page' : undefined}
          data-state={item.value === value ? 'active' : 'inactive'}
          className={tabClasses}
        >
          {item.label}
          <Count value={item.count} />
        </Link>
      ))}
    </nav>
  );
}
