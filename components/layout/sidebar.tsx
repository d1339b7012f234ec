'use client';

import { PanelLeft } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { cn } from '../ui/cn';
import { IconButton } from '../ui/icon-button';
import { Logo } from './logo';
import { SIDEBAR_COOKIE } from './sidebar-cookie';
import { SidebarNav } from './sidebar-nav';

const YEAR_S = 31_536_000;

/** 224 px, or 48 px with icons only; below 900 px it is a drawer (see `MobileNav`). */
export function Sidebar({ initiallyCollapsed }: { initiallyCollapsed: boolean }) {
  const [collapsed, setCollapsed] = useState(initiallyCollapsed);
  const toggle = () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and on plain http.
    document.cookie = `${SIDEBAR_COOKIE}=${collapsed ? 'open' : 'collapsed'};path=/;max-age=${YEAR_S};samesite=lax`;
    setCollapsed(!collapsed);
  };
  return (
    <aside
      aria-label="Sidebar"
      className={cn(
        'sticky top-0 hidden h-dvh shrink-0 flex-col border-line border-r bg-canvas transition-[width] md:flex print:hidden',
        collapsed ? 'w-12' : 'w-56',
      )}
    >
      <div
        className={cn('flex h-12 shrink-0 items-center', collapsed ? 'justify-center' : 'justify-between pr-2 pl-4')}
      >
        {collapsed ? null : (
          <Link href="/" className="rounded-md" aria-label="Errata, to the overview">
            <Logo />
          </Link>
        )}
        <IconButton
          label={collapsed ? 'Show the sidebar' : 'Collapse the sidebar'}
          icon={<PanelLeft />}
          size="sm"
          tooltipSide="right"
          aria-expanded={!collapsed}
          onClick={toggle}
        />
      </div>
      <SidebarNav collapsed={collapsed} />
    </aside>
  );
}
