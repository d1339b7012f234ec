'use client';

import { useEffect, useRef } from 'react';

const PREFIX_MS = 1000;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    !!target.closest('[role=menu], [role=dialog]')
  );
}

/**
 * Single keys for a list. They rest while somebody types or a menu is open, and after `g`, which begins a journey to
 * another page.
 */
export function useListKeys(keys: Record<string, () => void>): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    let prefixAt = 0;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const afterPrefix = event.timeStamp - prefixAt < PREFIX_MS;
      prefixAt = event.key === 'g' ? event.timeStamp : 0;
      const act = afterPrefix ? undefined : latest.current[event.key.toLowerCase()];
      // Enter belongs to the link or the button that has the focus.
      if (!act || (event.key === 'Enter' && event.target !== document.body)) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
