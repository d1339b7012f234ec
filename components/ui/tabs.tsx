'use client';

import Link from 'next/link';
import { type ComponentProps, createContext, type ReactNode, useContext, useId } from 'react';
import { cn } from './cn';
import { pressNeighbour } from './roving';

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

/** Which tab is shown, and what the ids of tabs and panels begin with. */
const Shown = createContext<{ prefix: string; value: string } | null>(null);

/** Views of one thing on one page. Keep `value` in the URL. */
export function Tabs<Value extends string = string>({
  items,
  value,
  onValueChange,
  label,
  children,
  className,
}: TabsProps<Value>) {
  const prefix = useId();
  return (
    <Shown value={{ prefix, value }}>
      <div className={className}>
        <div
          role="tablist"
          aria-label={label}
          onKeyDown={pressNeighbour}
          className="flex gap-5 overflow-x-auto overflow-y-hidden border-line border-b"
        >
          {items.map((item) => {
            const active = item.value === value;
            return (
              <button
                key={item.value}
                type="button"
                role="tab"
                id={`${prefix}tab-${item.value}`}
                aria-selected={active}
                aria-controls={`${prefix}panel-${item.value}`}
                data-state={active ? 'active' : 'inactive'}
                tabIndex={active ? 0 : -1}
                onClick={() => onValueChange(item.value)}
                className={tabClasses}
              >
                {item.label}
                <Count value={item.count} />
              </button>
            );
          })}
        </div>
        {children}
      </div>
    </Shown>
  );
}

/** What one tab shows; the others keep an empty panel, so that each tab has the one it controls. */
export function TabPanel({ value, className, children, ...props }: ComponentProps<'div'> & { value: string }) {
  const shown = useContext(Shown);
  if (!shown) throw new Error('TabPanel stands outside Tabs');
  const active = shown.value === value;
  return (
    <div
      role="tabpanel"
      id={`${shown.prefix}panel-${value}`}
      aria-labelledby={`${shown.prefix}tab-${value}`}
      hidden={!active}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: Tab goes from a tab to what it shows, whatever that holds.
      tabIndex={0}
      className={cn('pt-4', className)}
      {...props}
    >
      {active ? children : null}
    </div>
  );
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
