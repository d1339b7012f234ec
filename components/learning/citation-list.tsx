import {
  BookOpen,
  CheckCheck,
  CircleAlert,
  Layers,
  type LucideIcon,
  MessageSquareText,
  Rocket,
  SquareStack,
} from 'lucide-react';
import Link from 'next/link';
import { FIELD_WORDS } from '@/lib/knowledge/field-text';
import type { Citation, SourceKind } from '@/lib/learning/draft-schema';
import { ReasonItem } from './reason-item';

const SOURCES: Record<SourceKind, { label: string; icon: LucideIcon }> = {
  issue: { label: 'Issue', icon: CircleAlert },
  event: { label: 'Latest event', icon: SquareStack },
  comment: { label: 'Comment on', icon: MessageSquareText },
  resolution: { label: 'Decision on', icon: CheckCheck },
  entry: { label: 'Entry', icon: BookOpen },
  release: { label: 'Release', icon: Rocket },
  pattern: { label: 'Pattern', icon: Layers },
};

/** The footnotes of a draft: for each sentence the words it rests on, and the way there. Titles and symptoms come last; one sees them. */
export function CitationList({ citations, most = 50 }: { citations: readonly Citation[]; most?: number }) {
  const sorted = [...citations].sort((a, b) => Number(isPlain(a)) - Number(isPlain(b))).slice(0, most);
  return (
    <ol className="flex flex-col gap-3">
      {sorted.map((citation, index) => {
        const { label, icon: Icon } = SOURCES[citation.kind];
        const name = `${label} ${shownId(citation)}`;
        return (
          <ReasonItem
            key={index}
            icon={Icon}
            title={
              <p className="flex flex-wrap items-baseline gap-x-1.5">
                {citation.url ? (
                  <Link href={citation.url} className="font-medium text-accent-fg hover:underline">
                    {name}
                  </Link>
                ) : (
                  <span className="font-medium">{name}</span>
                )}
                <span className="text-faint">for {FIELD_WORDS[citation.field].toLowerCase()}</span>
              </p>
            }
          >
            <blockquote className="line-clamp-3 border-line-strong border-l-2 pl-2">{citation.quote}</blockquote>
          </ReasonItem>
        );
      })}
    </ol>
  );
}

const isPlain = ({ field }: Citation): boolean => field === 'title' || field === 'symptoms' || field === 'detection';

/** `SHOP-1/17` is a comment of SHOP-1; an event's own id says nothing. */
const shownId = ({ kind, id }: Citation): string =>
  kind === 'event' || kind === 'pattern' ? '' : (id.split('/')[0] ?? '');
