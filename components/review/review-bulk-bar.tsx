import { Check, X } from 'lucide-react';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';

/** What to do with the ticked suggestions. */
export function ReviewBulkBar({
  count,
  busy,
  onAccept,
  onReject,
  onClear,
}: {
  count: number;
  busy: boolean;
  onAccept: () => void;
  onReject: () => void;
  onClear: () => void;
}) {
  return (
    <section
      aria-label="Actions on the ticked suggestions"
      className="mb-3 flex flex-wrap items-center gap-2 rounded-md border border-line bg-selected px-3 py-1.5"
    >
      <span aria-live="polite" className="mr-auto font-medium text-sm tabular-nums">
        {count} ticked
      </span>
      <Button size="sm" variant="primary" icon={<Check />} disabled={busy} onClick={onAccept}>
        Accept all
      </Button>
      <Button size="sm" icon={<X />} disabled={busy} onClick={onReject}>
        Reject all
      </Button>
      <IconButton label="Clear the ticks" size="sm" icon={<X />} onClick={onClear} shortcut={['Esc']} />
    </section>
  );
}
