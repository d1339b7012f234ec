'use client';

import { Search, X } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { parseIssueQuery } from '@/lib/issues/issue-query';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { QuerySyntax } from './query-syntax';
import { SuggestionList } from './suggestion-list';
import { useCompletions } from './use-completions';

/** The query of the list: Enter applies it, what could come next and what cannot be read are said while typing. */
export function IssueSearchBox({ value, onSubmit }: { value: string; onSubmit: (query: string) => void }) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const error = parseIssueQuery(draft).errors[0];
  const id = useId();
  const completions = useCompletions(draft, setDraft);
  // Half a condition is no mistake yet while its completions are shown.
  const wrong = error && !completions.open ? error : null;
  return (
    <form
      aria-label="Search issues"
      className="min-w-0 flex-1"
      onSubmit={(event) => {
        event.preventDefault();
        completions.close();
        if (!error) onSubmit(draft.trim());
      }}
    >
      <div className="flex items-center gap-2">
        <div className="relative min-w-0 flex-1">
          <Input
            ref={completions.input}
            data-page-search
            role="combobox"
            aria-label="Search issues"
            aria-expanded={completions.open}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={completions.active >= 0 ? `${id}-list-${completions.active}` : undefined}
            aria-invalid={wrong ? true : undefined}
            aria-describedby={wrong ? `${id}-error` : undefined}
            className="[&_input]:font-mono [&_input]:text-xs [&_input]:[font-variant-ligatures:none]"
            placeholder="service:api level:>=error age:<7d words of the error"
            spellCheck={false}
            autoComplete="off"
            leading={<Search />}
            trailing={
              draft ? (
                <IconButton
                  label="Clear the search"
                  size="sm"
                  icon={<X />}
                  onClick={() => {
                    setDraft('');
                    onSubmit('');
                  }}
                />
              ) : null
            }
            value={draft}
            onChange={(event) => {
              setDraft(event.target.value);
              completions.follow(event.target);
            }}
            onKeyDown={completions.onKeyDown}
            onClick={(event) => completions.follow(event.currentTarget)}
            onBlur={completions.close}
          />
          <SuggestionList id={`${id}-list`} {...completions} />
        </div>
        <QuerySyntax />
      </div>
      {wrong ? (
        <p id={`${id}-error`} role="alert" className="mt-1 text-critical-fg text-xs">
          {wrong.message}
        </p>
      ) : null}
    </form>
  );
}
