import type { Completion } from '@/lib/issues/suggest-query';
import { cn } from '../ui/cn';

export interface SuggestionListProps {
  id: string;
  open: boolean;
  items: readonly Completion[];
  active: number;
  take: (item: Completion) => void;
}

/** What could come next, under the box it belongs to; the box keeps the focus. */
export function SuggestionList({ id, open, items, active, take }: SuggestionListProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Ways to go on"
      hidden={!open}
      className="absolute top-full left-0 z-30 mt-1 max-h-80 w-full max-w-md overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-float"
    >
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the box, which keeps the focus.
        // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant of the box points here instead.
        <div
          key={item.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => take(item)}
          className={cn(
            'flex h-7 cursor-default items-center justify-between gap-4 rounded-sm px-2 text-xs hover:bg-highlight',
            index === active && 'bg-highlight',
          )}
        >
          <span className="truncate font-mono">{item.label}</span>
          <span className="shrink-0 text-faint">{item.hint}</span>
        </div>
      ))}
    </div>
  );
}
