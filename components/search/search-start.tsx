'use client';

import { History } from 'lucide-react';
import { Button } from '../ui/button';
import { useRecentSearches } from './use-recent-searches';

const OPERATORS = [
  ['kind:issue', 'incidents only; also kind:entry and kind:guide'],
  ['status:published', 'by status; also status:resolved'],
  ['service:billing', 'by service or component'],
  ['category:Database', 'by category'],
  ['"pool exhausted"', 'these words, as they stand'],
  ['-redis', 'without this word'],
] as const;

/** What to do with an empty box: what was looked for before, and how to ask. */
export function SearchStart({ onSearch }: { onSearch: (text: string) => void }) {
  const { recent, forget } = useRecentSearches();
  return (
    <div className="grid gap-8 px-1 py-4 sm:grid-cols-2">
      {recent.length > 0 ? (
        <section aria-label="Recent searches">
          <h2 className="mb-2 flex items-center justify-between font-medium text-faint text-xs">
            Recent searches
            <Button size="sm" variant="ghost" onClick={forget}>
              Forget them
            </Button>
          </h2>
          <ul>
            {recent.map((text) => (
              <li key={text}>
                <button
                  type="button"
                  className="flex h-8 w-full items-center gap-2 rounded-sm px-2 text-left text-sm hover:bg-hover"
                  onClick={() => onSearch(text)}
                >
                  <History aria-hidden className="size-3.5 shrink-0 text-faint" />
                  <span className="truncate">{text}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <p className="max-w-md text-balance text-muted text-sm">
          Past incidents, knowledge and the guide in one place. Paste an error to see whether it is known.
        </p>
      )}
      <section aria-label="How to ask">
        <h2 className="mb-2 font-medium text-faint text-xs">How to ask</h2>
        <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1.5 text-xs">
          {OPERATORS.map(([operator, meaning]) => (
            <div key={operator} className="contents">
              <dt>
                <code className="rounded-sm bg-sunken px-1.5 py-0.5">{operator}</code>
              </dt>
              <dd className="text-muted">{meaning}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
