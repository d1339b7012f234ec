'use client';

import { usePathname } from 'next/navigation';
import type { UnsavedWords } from '@/lib/knowledge/unsaved-words';
import { Alert } from '../ui/alert';
import { Button, ButtonLink } from '../ui/button';
import { RelativeTime } from '../ui/relative-time';
import type { DraftState } from './use-draft';

/** Words of an earlier visit, offered; or that those of now are not on the server, and what to do about it. */
export function DraftNotice({
  found,
  state,
  onRestore,
  onDiscard,
}: {
  found: UnsavedWords | null;
  state: DraftState;
  onRestore: (words: UnsavedWords) => void;
  onDiscard: () => void;
}) {
  const here = usePathname();
  if (state === 'signed_out')
    return (
      <Alert
        tone="warning"
        className="mb-4"
        action={
          <ButtonLink size="sm" href={`/sign-in?callbackUrl=${encodeURIComponent(here)}`} target="_blank">
            Sign in again
          </ButtonLink>
        }
      >
        Your session has ended. What you write is kept in this browser; sign in again in another tab and go on here.
      </Alert>
    );
  if (state === 'offline')
    return (
      <Alert tone="warning" className="mb-4">
        Errata cannot be reached. What you write is kept in this browser and sent when it answers again.
      </Alert>
    );
  if (!found) return null;
  return (
    <Alert
      className="mb-4"
      action={
        <span className="flex gap-1">
          <Button size="sm" onClick={onDiscard}>
            Discard
          </Button>
          <Button size="sm" onClick={() => onRestore(found)}>
            Restore
          </Button>
        </span>
      }
    >
      There are unsaved words of yours from <RelativeTime value={found.savedAt} />.
    </Alert>
  );
}

const WORDS: Record<DraftState, string> = {
  none: '',
  browser: 'Draft kept in this browser',
  server: 'Draft kept',
  offline: 'Draft kept in this browser only',
  signed_out: 'Draft kept in this browser only',
};

/** Where the words are, quietly. */
export const DraftStatus = ({ state }: { state: DraftState }) => (
  <span role="status" className="text-faint text-xs">
    {WORDS[state]}
  </span>
);
