'use client';

import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, type KeyboardEvent, useId, useRef, useState } from 'react';
import { findMention, suggestMentions } from '@/lib/notifications/complete-mention';
import { handleOf } from '@/lib/notifications/mentions';
import { membersQuery } from '../settings/queries';
import { cn } from '../ui/cn';
import { Textarea } from '../ui/textarea';

type MentionTextareaProps = Omit<ComponentProps<typeof Textarea>, 'value' | 'onChange'> & {
  value: string;
  onValueChange: (value: string) => void;
};

/** A text in which `@` offers the members; arrows choose, Enter and Tab take one, Escape puts them away. */
export function MentionTextarea({ value, onValueChange, onKeyDown, ...props }: MentionTextareaProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const mention = caret === null ? null : findMention(value, caret);
  const { data } = useQuery({ ...membersQuery, staleTime: 5 * 60_000, enabled: mention !== null });
  const members = (data?.data ?? []).filter((member) => member.status !== 'disabled');
  const found = mention ? suggestMentions(members, mention.word) : [];
  const open = found.length > 0;

  const take = (handle: string) => {
    if (!mention || caret === null) return;
    const before = `${value.slice(0, mention.from)}@${handle} `;
    onValueChange(before + value.slice(caret));
    setCaret(null);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(before.length, before.length);
    });
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const chosen = found[active] ?? found[0];
    if (!chosen || event.metaKey || event.ctrlKey) return onKeyDown?.(event);
    if (event.key === 'ArrowDown') setActive((active + 1) % found.length);
    else if (event.key === 'ArrowUp') setActive((active - 1 + found.length) % found.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(handleOf(chosen));
    else if (event.key === 'Escape') setCaret(null);
    else return onKeyDown?.(event);
    event.preventDefault();
  };
  return (
    <div className="relative">
      <Textarea
        {...props}
        ref={box}
        value={value}
        // A text of several lines may not be a combobox; a textbox may still point at what it offers.
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={open ? listId : undefined}
        aria-activedescendant={open ? `${listId}-${active}` : undefined}
        onChange={(event) => {
          onValueChange(event.target.value);
          setCaret(event.target.selectionStart);
          setActive(0);
        }}
        onBlur={() => setCaret(null)}
        onKeyDown={onKey}
      />
      {open ? (
        <div
          id={listId}
          role="listbox"
          aria-label="Members"
          className="absolute top-full left-0 z-20 mt-1 w-64 rounded-md border border-line bg-raised p-1 shadow-float"
        >
          {found.map((member, index) => (
            <div
              key={member.id}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={cn(
                'flex cursor-pointer items-baseline gap-2 rounded-sm px-2 py-1 text-sm hover:bg-hover',
                index === active && 'bg-selected',
              )}
              // The text keeps the focus.
              onMouseDown={(event) => {
                event.preventDefault();
                take(handleOf(member));
              }}
            >
              <span className="truncate">{member.name}</span>
              <span className="ml-auto truncate text-faint text-xs">@{handleOf(member)}</span>
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}
