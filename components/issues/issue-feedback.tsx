'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '../ui/button';
import { Card, SectionHeader } from '../ui/card';
import { RelativeTime } from '../ui/relative-time';
import { feedbackQuery } from './queries';

export interface IssueFeedbackProps {
  issueId: string;
  /** Opens the event that somebody wrote about. */
  onEvent: (id: string) => void;
}

/** What people who met the error wrote; nothing when nobody did. */
export function IssueFeedback({ issueId, onEvent }: IssueFeedbackProps) {
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(feedbackQuery(issueId));
  const notes = data?.pages.flatMap((page) => page.data) ?? [];
  if (notes.length === 0) return null;
  return (
    <Card>
      <SectionHeader title="What users said" meta={hasNextPage ? `${notes.length}+` : notes.length} />
      <ul className="divide-y divide-line px-4 pb-2 text-sm">
        {notes.map((note) => (
          <li key={note.id} className="py-2">
            <p className="whitespace-pre-wrap break-words">{note.message}</p>
            <p className="mt-0.5 flex flex-wrap gap-x-2 text-faint text-xs">
              <span className="break-all">{[note.name, note.email].filter(Boolean).join(', ') || 'Anonymous'}</span>
              <RelativeTime value={note.at} />
              {note.release ? <span className="break-all font-mono">{note.release}</span> : null}
              <button
                type="button"
                className="rounded-sm text-accent-fg hover:underline"
                onClick={() => onEvent(note.event_id)}
              >
                Show the event
              </button>
            </p>
          </li>
        ))}
      </ul>
      {hasNextPage ? (
        <div className="px-4 pb-3">
          <Button size="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
