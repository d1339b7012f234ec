'use client';

import { useEffect, useRef } from 'react';
import type { Suggestion } from '@/lib/learning/learning-schema';
import { REASON_LABELS } from '@/lib/learning/reject-reasons';
import { LevelIcon } from '../issues/issue-badges';
import { Badge } from '../ui/badge';
import { Checkbox } from '../ui/checkbox';
import { cn } from '../ui/cn';
import { RelativeTime } from '../ui/relative-time';
import { ShortNumber } from '../ui/short-number';
import { Confidence } from './confidence';

export interface ReviewQueueProps {
  suggestions: readonly Suggestion[];
  selected: string | undefined;
  onSelect: (id: string) => void;
  /** Ids to be decided together. */
  ticked: ReadonlySet<string>;
  /** Left out where nothing can be. With `extend` everything from the last one. */
  onTick?: (index: number, extend: boolean) => void;
}

/** What waits, or was decided: one line for the issue, one for what is proposed. */
export function ReviewQueue({ suggestions, selected, onSelect, ticked, onTick }: ReviewQueueProps) {
  const current = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the selection.
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <ul aria-label="Suggestions" className="divide-y divide-line">
      {suggestions.map((suggestion, index) => (
        <li key={suggestion.id} className="group/row relative">
          {onTick ? (
            <Checkbox
              aria-label={`Tick the suggestion for ${suggestion.issue.id}`}
              checked={ticked.has(suggestion.id)}
              className={cn(
                'absolute top-3 right-3 opacity-0 focus-visible:opacity-100 group-hover/row:opacity-100',
                ticked.size > 0 && 'opacity-100',
              )}
              onClick={(event) => onTick(index, event.shiftKey)}
            />
          ) : null}
          <button
            ref={suggestion.id === selected ? current : undefined}
            type="button"
            aria-current={suggestion.id === selected}
            onClick={() => onSelect(suggestion.id)}
            className={cn(
              'flex w-full flex-col gap-1 px-3 py-2.5 text-left transition-colors hover:bg-hover',
              onTick && 'pr-9',
              suggestion.id === selected && 'bg-selected hover:bg-selected',
            )}
          >
            <span className="flex w-full items-center gap-1.5">
              <LevelIcon level={suggestion.issue.level} className="[&_svg]:size-3.5" />
              <span className="min-w-0 flex-1 truncate font-mono text-xs">{suggestion.issue.title}</span>
            </span>
            <span className="flex w-full items-center gap-1.5 text-muted text-xs">
              <span className="min-w-0 flex-1 truncate">
                {suggestion.entry
                  ? `${suggestion.entry.id} ${suggestion.entry.title}`
                  : `Draft: ${suggestion.draft?.title}`}
              </span>
              {suggestion.status === 'pending' ? <Confidence value={suggestion.confidence} /> : null}
            </span>
            <span className="flex w-full items-center gap-1.5 text-faint text-xs">
              {suggestion.status === 'pending' ? (
                <>
                  <span>{suggestion.issue.id}</span>
                  <span aria-hidden>·</span>
                  <span className="min-w-0 truncate">{suggestion.issue.service}</span>
                  <span className="ml-auto whitespace-nowrap">
                    <ShortNumber value={suggestion.issue.events} /> {suggestion.issue.events === 1 ? 'event' : 'events'}
                  </span>
                </>
              ) : (
                <Decided suggestion={suggestion} />
              )}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Decided({ suggestion }: { suggestion: Suggestion }) {
  const accepted = suggestion.status === 'accepted';
  return (
    <>
      <Badge tone={accepted ? 'success' : 'neutral'} quiet dot>
        {accepted
          ? 'Accepted'
          : `Rejected${suggestion.reason ? `: ${REASON_LABELS[suggestion.reason].toLowerCase()}` : ''}`}
      </Badge>
      <span className="ml-auto whitespace-nowrap">
        {suggestion.decided_by} · <RelativeTime value={suggestion.decided_at} />
      </span>
    </>
  );
}
