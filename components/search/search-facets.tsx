import type { SearchAnswer } from '@/lib/search/search-schema';
import { cn } from '../ui/cn';
import type { SearchState } from './queries';
import { KIND_LABELS } from './search-hit-row';

const GROUPS = [
  ['kind', 'Kind'],
  ['status', 'Status'],
  ['service', 'Component or service'],
  ['category', 'Category'],
] as const;
const SHOWN = 8;

const kindLabels: Record<string, string> = KIND_LABELS;

export interface SearchFacetsProps {
  facets: SearchAnswer['facets'];
  state: SearchState;
  onChange: (change: Partial<SearchState>) => void;
}

/** What the found things are, with counts; one value of each narrows the list, the same one again widens it. */
export function SearchFacets({ facets, state, onChange }: SearchFacetsProps) {
  return (
    <div className="flex flex-col gap-4">
      {GROUPS.map(([name, label]) =>
        facets[name].length === 0 ? null : (
          <fieldset key={name}>
            <legend className="mb-1 px-2 font-medium text-faint text-xs">{label}</legend>
            {facets[name].slice(0, SHOWN).map(({ value, count }) => (
              <button
                key={value}
                type="button"
                aria-pressed={state[name] === value}
                onClick={() => onChange({ [name]: state[name] === value ? null : value })}
                className={cn(
                  'flex h-7 w-full items-center justify-between gap-2 rounded-sm px-2 text-left text-sm transition-colors hover:bg-hover',
                  state[name] === value && 'bg-selected font-medium',
                )}
              >
                <span className="truncate">
                  {name === 'kind' ? kindLabels[value] : name === 'status' ? statusWords(value) : value}
                </span>
                <span className="text-faint text-xs tabular-nums">{count}</span>
              </button>
            ))}
          </fieldset>
        ),
      )}
    </div>
  );
}

const statusWords = (value: string): string => value.charAt(0).toUpperCase() + value.slice(1).replaceAll('_', ' ');
