'use client';

import { ListFilter, X } from 'lucide-react';
import { useState } from 'react';
import { MAX_FILTER } from '@/lib/issues/event-filter';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';

/** Which events are listed and stepped through; Enter filters, Escape leaves the text as it was. */
export function EventFilterBox({ filter, onFilter }: { filter: string; onFilter: (filter: string) => void }) {
  const [text, setText] = useState(filter);
  return (
    <form
      className="relative mx-4 mb-2"
      onSubmit={(event) => {
        event.preventDefault();
        onFilter(text.trim());
      }}
    >
      <ListFilter aria-hidden className="absolute top-2 left-2.5 size-4 text-faint" />
      <Input
        id="event-filter"
        aria-label="Filter the events"
        aria-keyshortcuts="f"
        className="h-8 pr-8 pl-8 font-mono text-xs"
        placeholder='release:1.4.2 browser:"Mobile Safari" words of the message'
        maxLength={MAX_FILTER}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          setText(filter);
          event.currentTarget.blur();
        }}
      />
      {filter ? (
        <IconButton
          className="absolute top-0.5 right-0.5"
          size="sm"
          label="Clear the filter"
          icon={<X />}
          onClick={() => onFilter('')}
        />
      ) : null}
    </form>
  );
}
