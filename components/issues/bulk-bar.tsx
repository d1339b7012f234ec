'use client';

import { RotateCcw, X } from 'lucide-react';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { AssignMenu, type Deed, MuteMenu, ResolveMenu } from './action-menus';

/** What to do with the ticked issues. */
export function BulkBar({
  count,
  busy,
  onDeed,
  onClear,
}: {
  count: number;
  busy: boolean;
  onDeed: (deed: Deed) => void;
  onClear: () => void;
}) {
  return (
    <section
      aria-label="Actions on the selection"
      className="mb-3 flex flex-wrap items-center gap-2 rounded-md border border-line bg-selected px-3 py-1.5"
    >
      <span aria-live="polite" className="mr-auto font-medium text-sm tabular-nums">
        {count} selected
      </span>
      <ResolveMenu size="sm" disabled={busy} onDeed={onDeed} />
      <MuteMenu size="sm" disabled={busy} onDeed={onDeed} />
      <AssignMenu size="sm" disabled={busy} onDeed={onDeed} />
      <Button size="sm" disabled={busy} icon={<RotateCcw />} onClick={() => onDeed({ action: 'reopen' })}>
        Reopen
      </Button>
      <IconButton label="Clear the selection" size="sm" icon={<X />} onClick={onClear} shortcut={['Esc']} />
    </section>
  );
}
