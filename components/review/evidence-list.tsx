import {
  ArrowLeftRight,
  Braces,
  Fingerprint,
  Hash,
  type LucideIcon,
  MessageSquareText,
  Quote,
  Server,
  ThumbsUp,
  WholeWord,
} from 'lucide-react';
import type { Evidence } from '@/lib/search/match-schema';
import { ReasonItem } from '../learning/reason-item';

const PARTS: Record<Evidence['kind'], { label: string; icon: LucideIcon }> = {
  signature: { label: 'Matches its signature', icon: Fingerprint },
  message: { label: 'Reads like', icon: MessageSquareText },
  code: { label: 'Same error code', icon: Hash },
  type: { label: 'Same error type', icon: Braces },
  phrase: { label: 'Same phrases', icon: Quote },
  words: { label: 'Same rare words', icon: WholeWord },
  component: { label: 'Same component', icon: Server },
  feedback: { label: 'What was said before', icon: ThumbsUp },
  transfer: { label: 'Known from elsewhere', icon: ArrowLeftRight },
};

const FIELDS: Record<NonNullable<Evidence['field']>, string> = {
  title: 'in the title',
  symptoms: 'in the symptoms',
  signatures: 'in the signatures',
  root_cause: 'in the root cause',
  solution: 'in the solution',
  other: '',
};

const labelOf = ({ kind, points }: Evidence): string =>
  kind === 'feedback' ? (points < 0 ? 'Ranked lower' : 'Ranked higher') : PARTS[kind].label;

/** Why an entry was suggested: each part of the score, what of the error it found and where, and how much it weighs. */
export function EvidenceList({ evidence, most = 8 }: { evidence: readonly Evidence[]; most?: number }) {
  const strongest = Math.max(...evidence.map((part) => part.points), 0.01);
  return (
    <ul className="flex flex-col gap-3">
      {evidence.slice(0, most).map((part, index) => {
        return (
          <ReasonItem
            key={index}
            icon={PARTS[part.kind].icon}
            title={
              <p className="flex items-baseline justify-between gap-2">
                <span>
                  <span className="font-medium">{labelOf(part)}</span>
                  {part.field ? <span className="text-faint"> {FIELDS[part.field]}</span> : null}
                </span>
                <span
                  aria-hidden
                  title={`Weight ${part.points}`}
                  className="mt-1 h-1 w-12 shrink-0 overflow-hidden rounded-full bg-hover"
                >
                  <span
                    className="block h-full bg-accent"
                    style={{ width: `${(100 * Math.max(0, part.points)) / strongest}%` }}
                  />
                </span>
              </p>
            }
          >
            <p className="font-mono">{part.matched.join(' · ')}</p>
          </ReasonItem>
        );
      })}
    </ul>
  );
}
