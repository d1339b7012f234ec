'use client';

import { Check, Pencil, X } from 'lucide-react';
import type { Suggestion } from '@/lib/learning/learning-schema';
import { Button } from '../ui/button';
import { Tooltip } from '../ui/tooltip';

export interface SuggestionActionsProps {
  /** An `update` only changes words: it solves no further issue, and nothing is watched. */
  kind: Suggestion['kind'];
  busy: boolean;
  /** Names the keys in tooltips; where keys work. */
  keys?: boolean;
  size?: 'sm' | 'md';
  onAccept: () => void;
  onEdit?: () => void;
  onReject: () => void;
}

/** The three answers to a suggestion. */
export function SuggestionActions({
  kind,
  busy,
  keys = false,
  size = 'md',
  onAccept,
  onEdit,
  onReject,
}: SuggestionActionsProps) {
  const hint = (key: string) => (keys ? [key] : undefined);
  const isUpdate = kind === 'update';
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Tooltip
        content={isUpdate ? 'Write it into the entry' : 'Link it to the issue and watch whether it holds'}
        shortcut={hint('a')}
      >
        <Button variant="primary" size={size} icon={<Check />} disabled={busy} onClick={onAccept}>
          {isUpdate ? 'Accept change' : 'Accept fix'}
        </Button>
      </Tooltip>
      {onEdit ? (
        <Tooltip content="Change its words, then accept" shortcut={hint('e')}>
          <Button size={size} icon={<Pencil />} disabled={busy} onClick={onEdit}>
            Edit and accept
          </Button>
        </Tooltip>
      ) : null}
      <Tooltip content="Say why not; it is not suggested again" shortcut={hint('r')}>
        <Button variant="ghost" size={size} icon={<X />} disabled={busy} onClick={onReject}>
          Reject
        </Button>
      </Tooltip>
    </div>
  );
}
