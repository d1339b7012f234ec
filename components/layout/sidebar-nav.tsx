'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '../ui/cn';
import { Tooltip } from '../ui/tooltip';
import { SECTIONS, type Section, sectionOf } from './navigation';
import { useFilterSearch } from './use-filters';
import { useReviewCount } from './use-review-count';

export interface SidebarNavProps {
  /** Icons only. */
  collapsed?: boolean;
  /** After a link was followed: closes the drawer. */
  onNavigate?: () => void;
}

/** The sections, with how much waits for review. The shared filters travel along. */
export function SidebarNav({ collapsed = false, onNavigate }: SidebarNavProps) {
  const current = sectionOf(usePathname());
  const search = useFilterSearch();
  const reviewCount = useReviewCount();

  const link = (section: Section) => {
    const active = section === current;
    const count = section.href === '/review' ? reviewCount : null;
    const content = (
      <Link
        href={`${section.href}${section.filters.length > 0 ? search : ''}`}
        onClick={onNavigate}
        aria-current={active ? 'page' : undefined}
        aria-label={collapsed ? section.label : undefined}
        className={cn(
          'relative flex h-8 items-center gap-2.5 rounded-md text-sm transition-colors hover:bg-hover hover:text-fg',
          collapsed ? 'w-8 justify-center' : 'px-2',
          active ? 'bg-hover font-medium text-fg' : 'text-muted',
        )}
      >
        <section.icon aria-hidden className={cn('size-4 shrink-0', active ? 'text-accent-fg' : 'text-faint')} />
        {collapsed ? null : <span className="flex-1">{section.label}</span>}
        {count ? (
          collapsed ? (
            <span aria-hidden className="absolute top-1.5 right-1.5 size-1.5 rounded-full bg-violet" />
          ) : (
            <span className="rounded-full bg-violet-soft px-1.5 font-medium text-2xs text-violet-fg tabular-nums">
              {count}
            </span>
          )
        ) : null}
      </Link>
    );
    return (
      <li key={section.href}>
        {collapsed ? (
          <Tooltip content={section.label} side="right">
            {content}
          </Tooltip>
        ) : (
          content
        )}
      </li>
    );
  };

  const listClasses = cn('flex flex-col gap-0.5', collapsed && 'items-center');
  return (
    <nav aria-label="Main" className="flex min-h-0 flex-1 flex-col justify-between gap-4 overflow-y-auto p-2">
      <ul className={listClasses}>{SECTIONS.filter((section) => section.place === 'main').map(link)}</ul>
      <ul className={listClasses}>{SECTIONS.filter((section) => section.place === 'foot').map(link)}</ul>
    </nav>
  );
}
