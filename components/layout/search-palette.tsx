'use client';

import { useQuery } from '@tanstack/react-query';
import {
  BookOpen,
  CircleAlert,
  FileText,
  History,
  KeyRound,
  Library,
  ListChecks,
  type LucideIcon,
  Moon,
  Plug,
  Plus,
  Search,
  Sun,
  UserPlus,
  UserRound,
} from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { Dialog } from 'radix-ui';
import { type ClipboardEvent, useDeferredValue, useEffect, useState } from 'react';
import type { Scope } from '@/lib/auth/permissions';
import { api } from '@/lib/http/client';
import type { SearchAnswer, SearchKind } from '@/lib/search/search-schema';
import { rememberSearch, useRecentSearches } from '../search/use-recent-searches';
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from '../ui/command';
import { Highlighted } from '../ui/highlighted';
import { Kbd } from '../ui/kbd';
import { SECTIONS, SETTINGS_PAGES } from './navigation';
import { useViewer } from './viewer';

const ICONS: Record<SearchKind, LucideIcon> = { entry: Library, issue: CircleAlert, section: BookOpen };
const DEBOUNCE_MS = 120;
/** What can be begun from anywhere, by those who may. */
const COMMANDS: readonly { label: string; icon: LucideIcon; href: string; scope: Scope }[] = [
  { label: 'New entry', icon: Plus, href: '/knowledge/new', scope: 'write' },
  { label: 'Import Markdown', icon: FileText, href: '/knowledge/import', scope: 'write' },
  { label: 'Issues assigned to me', icon: UserRound, href: '/issues?query=assigned%3Ame', scope: 'read' },
  { label: 'Unresolved issues', icon: CircleAlert, href: '/issues?query=is%3Aunresolved', scope: 'read' },
  {
    label: 'Issues without a known fix',
    icon: CircleAlert,
    href: '/issues?query=is%3Aunresolved+-has%3Afix',
    scope: 'read',
  },
  { label: 'Prevention work', icon: ListChecks, href: '/knowledge/prevention', scope: 'read' },
  { label: 'Starter packs', icon: Library, href: '/knowledge/packs', scope: 'write' },
  { label: 'Connect a service', icon: Plug, href: '/setup/connect', scope: 'write' },
  { label: 'Invite a member', icon: UserPlus, href: '/settings/members', scope: 'admin' },
  { label: 'Create an API token', icon: KeyRound, href: '/settings/tokens', scope: 'admin' },
];

/** An address longer than this is refused by some proxies. */
const LONGEST_QUERY = 3000;

export interface SearchPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** ⌘K: past incidents, entries, pages and a few commands. A pasted stack trace goes to `/search`. */
export function SearchPalette({ open, onOpenChange }: SearchPaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-overlay" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[min(40rem,calc(100vw-2rem))] -translate-x-1/2 animate-appear overflow-hidden rounded-lg bg-raised shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">Search</Dialog.Title>
          <PaletteBody onDone={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState('');
  const [selected, setSelected] = useState('');
  const query = useDebounced(text.trim());
  const router = useRouter();
  const { can } = useViewer();
  const { resolvedTheme, setTheme } = useTheme();

  const results = useQuery({
    queryKey: ['search', 'palette', query],
    queryFn: ({ signal }) => api.get<Pick<SearchAnswer, 'data'>>('/api/v1/search', { q: query, limit: 8 }, signal),
    enabled: query.length > 1,
    placeholderData: (previous) => previous,
  });
  const hits = query.length > 1 ? (results.data?.data ?? []) : [];

  // What arrives later comes first in the list, and Enter means the first.
  const first = hits[0] ? hitValue(hits[0]) : null;
  useEffect(() => {
    if (first) setSelected(first);
  }, [first]);

  const go = (href: string) => {
    onDone();
    router.push(href);
  };
  const searchFor = (words: string) => {
    rememberSearch(words);
    go(`/search?q=${encodeURIComponent(words.slice(0, LONGEST_QUERY))}`);
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text');
    if (!pasted.trim().includes('\n')) return;
    event.preventDefault();
    searchFor(pasted.trim());
  };

  const words = text.trim().toLowerCase();
  const named = <T extends { label: string }>(items: readonly T[]) =>
    items.filter((item) => item.label.toLowerCase().includes(words));
  const pages = named([
    ...SECTIONS,
    ...SETTINGS_PAGES.filter((page) => !page.adminOnly || can('admin')).map((page) => ({
      ...page,
      label: `Settings: ${page.label}`,
      icon: undefined,
      key: undefined,
    })),
  ]).slice(0, words ? 5 : 7);
  const dark = resolvedTheme === 'dark';
  const actions = COMMANDS.filter(({ scope }) => can(scope)).map(({ href, ...command }) => ({
    ...command,
    run: () => go(href),
  }));
  const commands = named([
    ...actions,
    {
      label: dark ? 'Use the light theme' : 'Use the dark theme',
      icon: dark ? Sun : Moon,
      run: () => {
        setTheme(dark ? 'light' : 'dark');
        onDone();
      },
    },
  ]).slice(0, words ? undefined : 3);
  const { recent } = useRecentSearches();

  return (
    <Command label="Search" shouldFilter={false} value={selected} onValueChange={setSelected} className="max-h-[70vh]">
      <CommandInput
        value={text}
        onValueChange={setText}
        onPaste={onPaste}
        loading={results.isFetching}
        placeholder="Search incidents, fixes and pages, or paste a stack trace"
      />
      <CommandList>
        {results.isError ? (
          <p role="alert" className="px-3 py-2 text-critical-fg text-xs">
            {results.error.message}
          </p>
        ) : null}
        <CommandEmpty>Nothing matches.</CommandEmpty>
        {hits.length > 0 ? (
          <CommandGroup heading="Found">
            {hits.map((hit) => {
              const Icon = ICONS[hit.kind];
              return (
                <CommandItem
                  key={`${hit.kind}${hit.id}`}
                  value={hitValue(hit)}
                  icon={<Icon aria-hidden />}
                  trailing={hit.kind === 'section' ? 'Guide' : hit.id}
                  onSelect={() => {
                    rememberSearch(text);
                    go(hit.url);
                  }}
                >
                  <Highlighted {...hit.highlight.title} />
                </CommandItem>
              );
            })}
          </CommandGroup>
        ) : null}
        {words ? (
          <CommandGroup>
            <CommandItem value="search all" icon={<Search aria-hidden />} onSelect={() => searchFor(text.trim())}>
              Search everything for <span className="font-medium">{text.trim()}</span>
            </CommandItem>
          </CommandGroup>
        ) : null}
        {words === '' && recent.length > 0 ? (
          <CommandGroup heading="Recent searches">
            {recent.slice(0, 4).map((search) => (
              <CommandItem
                key={search}
                value={`recent ${search}`}
                icon={<History aria-hidden />}
                onSelect={() => searchFor(search)}
              >
                {search}
              </CommandItem>
            ))}
          </CommandGroup>
        ) : null}
        {pages.length > 0 ? (
          <CommandGroup heading="Go to">
            {pages.map((page) => (
              <CommandItem
                key={page.href}
                value={`page ${page.href}`}
                icon={page.icon ? <page.icon aria-hidden /> : <span className="size-4" />}
                onSelect={() => go(page.href)}
                trailing={
                  page.key ? (
                    <>
                      <Kbd>g</Kbd>
                      <Kbd>{page.key}</Kbd>
                    </>
                  ) : null
                }
              >
                {page.label}
              </CommandItem>
            ))}
          </CommandGroup>
        ) : null}
        {commands.length > 0 ? (
          <CommandGroup heading="Commands">
            {commands.map((command) => (
              <CommandItem
                key={command.label}
                value={`command ${command.label}`}
                icon={<command.icon aria-hidden />}
                onSelect={command.run}
              >
                {command.label}
              </CommandItem>
            ))}
          </CommandGroup>
        ) : null}
      </CommandList>
    </Command>
  );
}

const hitValue = (hit: { kind: SearchKind; id: string }): string => `hit ${hit.kind} ${hit.id}`;

function useDebounced(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return useDeferredValue(settled);
}
