'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { DENSITY_COOKIE, type Density } from './density';
import { SECTIONS } from './navigation';
import { Sidebar } from './sidebar';
import type { TopBarProps } from './top-bar';
import { useFilterSearch } from './use-filters';

// Its menus and pickers weigh as much as a page: the server has drawn it, and what is below it starts first.
const TopBar = dynamic(() => import('./top-bar').then((module) => module.TopBar));
// Nobody has opened them when a page comes.
const SearchPalette = dynamic(() => import('./search-palette').then((module) => module.SearchPalette), { ssr: false });
const ShortcutSheet = dynamic(() => import('./shortcut-sheet').then((module) => module.ShortcutSheet), { ssr: false });

/** By what the key prints, not where it lies: `/` and `?` need Shift on many keyboards. */
const PRINTED_KEY = {
  useKey: true,
  ignoreModifiers: true,
  ignoreEventWhen: (event: KeyboardEvent) => event.ctrlKey || event.metaKey || event.altKey,
  preventDefault: true,
};

export interface ShellProps extends Pick<TopBarProps, 'projects' | 'environments'> {
  initiallyCollapsed: boolean;
  initialDensity: Density;
  children: ReactNode;
}

/** Sidebar, top bar, palette and the keys that work everywhere. */
export function Shell({ projects, environments, initiallyCollapsed, initialDensity, children }: ShellProps) {
  const [palette, setPalette] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);
  const [density, setDensity] = useState(initialDensity);
  const chooseDensity = (next: Density) => {
    setDensity(next);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet.
    document.cookie = `${DENSITY_COOKIE}=${next}; path=/; max-age=31536000; samesite=lax`;
  };
  const router = useRouter();
  const search = useFilterSearch();

  useHotkeys('mod+k', () => setPalette((open) => !open), { preventDefault: true, enableOnFormTags: true });
  useHotkeys('?', () => setShortcuts(true), PRINTED_KEY);
  useHotkeys('/', () => focusPageSearch() || setPalette(true), PRINTED_KEY);
  useHotkeys(
    SECTIONS.flatMap((section) => (section.key ? [`g>${section.key}`] : [])),
    (_, hotkey) => {
      const section = SECTIONS.find((each) => each.key === hotkey.keys?.[1]);
      if (section) router.push(`${section.href}${section.filters.length > 0 ? search : ''}`);
    },
    [router, search],
  );

  return (
    <div className="flex min-h-dvh" data-density={density}>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2 focus:shadow-float"
      >
        Skip to content
      </a>
      <Sidebar initiallyCollapsed={initiallyCollapsed} />
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar
          projects={projects}
          environments={environments}
          onSearch={() => setPalette(true)}
          onShortcuts={() => setShortcuts(true)}
          density={density}
          onDensity={chooseDensity}
        />
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          {children}
        </main>
      </div>
      {palette ? <SearchPalette open onOpenChange={setPalette} /> : null}
      {shortcuts ? <ShortcutSheet open onOpenChange={setShortcuts} /> : null}
    </div>
  );
}

/** A page with a search box of its own marks it `data-page-search`; `/` goes there. */
function focusPageSearch(): boolean {
  const box = document.querySelector<HTMLElement>('[data-page-search]');
  box?.focus();
  if (box instanceof HTMLInputElement) box.select();
  return box !== null;
}
