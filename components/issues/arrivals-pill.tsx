import { useQuery } from '@tanstack/react-query';
import { ArrowUp } from 'lucide-react';
import { formatExact } from '../ui/format';
import { arrivalsQuery, type IssueListParams } from './queries';

/** What came since the list was loaded. The list itself never moves under the pointer; a click brings it up to date. */
export function ArrivalsPill({
  params,
  loadedAt,
  onShow,
}: {
  params: IssueListParams;
  /** Milliseconds since the epoch. */
  loadedAt: number;
  onShow: () => void;
}) {
  const { data } = useQuery(arrivalsQuery(params, new Date(loadedAt).toISOString()));
  const words = [
    data && data.new > 0 ? `${formatExact(data.new)} new` : '',
    data && data.updated > 0 ? `${formatExact(data.updated)} with new events` : '',
  ].filter(Boolean);
  return (
    <div aria-live="polite" className="pointer-events-none sticky top-14 z-20 flex h-0 justify-center">
      {words.length > 0 ? (
        <button
          type="button"
          onClick={onShow}
          className="pointer-events-auto mt-1 flex h-7 animate-appear items-center gap-1.5 rounded-full bg-accent px-3 font-medium text-on-accent text-xs shadow-float hover:bg-accent-hover"
        >
          <ArrowUp aria-hidden className="size-3.5" />
          {words.join(', ')}
        </button>
      ) : null}
    </div>
  );
}
