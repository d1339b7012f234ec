'use client';

import { Search, X } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { parseIssueQuery } from '@/lib/issues/issue-query';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { Popover } from '../ui/popover';

const EXAMPLES: [string, string][] = [
  ['is:regressed', 'new, ongoing, escalating, resolved, muted, assigned, …'],
  ['service:api', 'of one service; release:, environment:, type: and project: alike'],
  ['level:>=error', 'this level or graver'],
  ['release:1.4.*', '* stands for anything'],
  ['age:<7d', 'first seen within seven days; lastSeen:>30d, firstSeen:>2026-05-01'],
  ['events:>100', 'more events than; users:>10'],
  ['has:fix', 'with a known fix'],
  ['assigned:me', 'or none, a name, an e-mail'],
  ['-environment:staging', 'a minus takes away'],
  ['"pool exhausted"', 'words of the error, also of its stack'],
];

/** The query of the list: Enter applies it, what cannot be read is said while typing. */
export function IssueSearchBox({ value, onSubmit }: { value: string; onSubmit: (query: string) => void }) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const error = parseIssueQuery(draft).errors[0];
  const errorId = useId();
  return (
    <form
      aria-label="Search issues"
      className="min-w-0 flex-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (!error) onSubmit(draft.trim());
      }}
    >
      <div className="flex items-center gap-2">
        <Input
          data-page-search
          aria-label="Search issues"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? errorId : undefined}
          className="min-w-0 flex-1 [&_input]:font-mono [&_input]:text-xs [&_input]:[font-variant-ligatures:none]"
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
          onChange={(event) => setDraft(event.target.value)}
        />
        <Popover
          align="end"
          className="w-96 max-w-[calc(100vw-2rem)]"
          trigger={<Button variant="ghost">Syntax</Button>}
        >
          <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1.5 text-xs">
            {EXAMPLES.map(([example, meaning]) => (
              <div key={example} className="contents">
                <dt className="whitespace-nowrap font-mono">{example}</dt>
                <dd className="text-muted">{meaning}</dd>
              </div>
            ))}
          </dl>
        </Popover>
      </div>
      {error ? (
        <p id={errorId} role="alert" className="mt-1 text-critical-fg text-xs">
          {error.message}
        </p>
      ) : null}
    </form>
  );
}
