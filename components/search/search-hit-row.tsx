import { BookOpen, CircleAlert, Library, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import type { IssueStatus } from '@/lib/issues/issue-state';
import type { EntryStatus } from '@/lib/knowledge/entry-words';
import type { SearchHit } from '@/lib/search/search-schema';
import { StatusBadge } from '../issues/issue-badges';
import { EntryStatusBadges } from '../knowledge/entry-badges';
import { cn } from '../ui/cn';
import { RelativeTime } from '../ui/relative-time';
import { ShortNumber } from '../ui/short-number';
import { MarkedText } from './marked-text';

const ICONS: Record<SearchHit['kind'], LucideIcon> = { entry: Library, issue: CircleAlert, section: BookOpen };
export const KIND_LABELS: Record<SearchHit['kind'], string> = {
  entry: 'Entry',
  issue: 'Issue',
  section: 'Guide section',
};

/** One thing found: what it is, where the words stand in it, and enough to choose by. */
export function SearchHitRow({ hit, active }: { hit: SearchHit; active: boolean }) {
  const Icon = ICONS[hit.kind];
  return (
    <Link
      href={hit.url}
      data-active={active || undefined}
      className={cn('flex gap-3 px-4 py-3 transition-colors hover:bg-hover', active && 'bg-selected hover:bg-selected')}
    >
      <Icon aria-label={KIND_LABELS[hit.kind]} className="mt-0.5 size-4 shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          {hit.kind === 'section' ? null : <span className="font-mono text-faint text-xs">{hit.id}</span>}
          <span
            className={cn('min-w-0 break-words font-medium', hit.kind === 'issue' && 'font-mono text-xs leading-5')}
          >
            <MarkedText {...hit.highlight.title} />
          </span>
        </p>
        {hit.highlight.snippet &&
        hit.highlight.snippet.ranges.length > 0 &&
        hit.highlight.snippet.text !== hit.title ? (
          <p className="mt-0.5 line-clamp-2 break-words text-muted text-xs leading-5">
            <MarkedText {...hit.highlight.snippet} />
          </p>
        ) : null}
        <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-faint text-xs">
          <HitStatus hit={hit} />
          {hit.service ? <span>{hit.service}</span> : null}
          {hit.category ? <span>{hit.category}</span> : null}
          {hit.events !== null ? (
            <span>
              <ShortNumber value={hit.events} /> {hit.events === 1 ? 'event' : 'events'}
            </span>
          ) : null}
          <RelativeTime value={hit.updated_at} />
        </p>
      </div>
    </Link>
  );
}

function HitStatus({ hit }: { hit: SearchHit }) {
  if (!hit.status) return null;
  if (hit.kind === 'issue')
    return <StatusBadge issue={{ status: hit.status as IssueStatus, resolution: null, mute: null }} />;
  if (hit.kind === 'entry')
    return <EntryStatusBadges status={hit.status as EntryStatus} disputed={false} stale={false} />;
  return null;
}
