'use client';

import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { Input } from '../ui/input';
import { Kbd } from '../ui/kbd';
import { Spinner } from '../ui/spinner';
import { type ListState, listAddress } from './list-address';

const PAUSE_MS = 250;

/** Searches as one types; `/` gets there. */
export function ListSearch({ state }: { state: ListState }) {
  const router = useRouter();
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(state.q ?? '');
  const [pending, startTransition] = useTransition();
  const asked = state.q ?? '';
  const address = listAddress(state, { q: text.trim() || undefined });

  useEffect(() => {
    if (text.trim() === asked) return;
    const timer = setTimeout(() => startTransition(() => router.replace(address, { scroll: false })), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, asked, address, router]);

  useHotkeys('/', () => box.current?.focus(), { preventDefault: true });

  return (
    <Input
      ref={box}
      type="search"
      aria-label="Search entries"
      placeholder="Search by words, error text or id"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
      leading={<Search />}
      trailing={pending ? <Spinner /> : <Kbd>/</Kbd>}
      className="min-w-0 flex-1"
    />
  );
}
