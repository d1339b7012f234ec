import { Bug, CircleAlert, Info, type LucideIcon, OctagonX, TriangleAlert } from 'lucide-react';
import type { Level } from '@/lib/ingest/event-schema';
import type { Issue, Verdict } from '@/lib/issues/issue-schema';
import type { IssueStatus, MuteRule } from '@/lib/issues/issue-state';
import { Badge, TONE_FILL, TONE_TEXT, type Tone } from '../ui/badge';
import { cn } from '../ui/cn';
import { formatExact, formatUtc } from '../ui/format';

const STATUS: Record<IssueStatus, { label: string; tone: Tone }> = {
  new: { label: 'New', tone: 'info' },
  ongoing: { label: 'Ongoing', tone: 'neutral' },
  escalating: { label: 'Escalating', tone: 'error' },
  resolved: { label: 'Resolved', tone: 'success' },
  regressed: { label: 'Regressed', tone: 'critical' },
  muted: { label: 'Muted', tone: 'neutral' },
};

export function StatusBadge({ issue }: { issue: Pick<Issue, 'status' | 'resolution' | 'mute'> }) {
  const { label, tone } = STATUS[issue.status];
  return (
    <Badge tone={tone} dot title={statusHint(issue)}>
      {label}
    </Badge>
  );
}

/** The same in a line of small print. */
export function StatusWord({ issue }: { issue: Pick<Issue, 'status' | 'resolution' | 'mute'> }) {
  const { label, tone } = STATUS[issue.status];
  return (
    <span className={cn('inline-flex items-center gap-1 font-medium', TONE_TEXT[tone])} title={statusHint(issue)}>
      <span aria-hidden className={cn('size-1.5 rounded-full', TONE_FILL[tone])} />
      {label}
    </span>
  );
}

function statusHint({ resolution, mute }: Pick<Issue, 'resolution' | 'mute'>): string | undefined {
  if (mute) return describeMute(mute);
  if (resolution?.mode === 'release') return `Resolved in ${resolution.release}`;
  if (resolution?.mode === 'next_release') return `Resolved in the release after ${resolution.release}`;
  return undefined;
}

/** `Until 100 more events`. */
export function describeMute(rule: MuteRule): string {
  switch (rule.kind) {
    case 'forever':
      return 'For ever';
    case 'until_time':
      return `Until ${formatUtc(Date.parse(rule.until))}`;
    case 'until_count':
      return `Until ${formatExact(rule.count)} more events`;
    case 'until_rate':
      return `Until ${formatExact(rule.count)} events in ${rule.minutes} min`;
    case 'until_escalating':
      return 'Until it escalates';
  }
}

const LEVEL: Record<Level, { icon: LucideIcon; tone: Tone }> = {
  fatal: { icon: OctagonX, tone: 'critical' },
  error: { icon: CircleAlert, tone: 'error' },
  warning: { icon: TriangleAlert, tone: 'warning' },
  info: { icon: Info, tone: 'info' },
  debug: { icon: Bug, tone: 'neutral' },
};

/** The level as a shape of its own in its colour, with its name for those who cannot see either. */
export function LevelIcon({ level, className }: { level: Level; className?: string }) {
  const { icon: Icon, tone } = LEVEL[level];
  return (
    <span title={level} className={cn('inline-flex shrink-0', TONE_TEXT[tone], className)}>
      <Icon aria-hidden className="size-4" />
      <span className="sr-only">{level}</span>
    </span>
  );
}

export const LEVEL_COLORS: Record<string, string> = {
  fatal: 'var(--critical)',
  error: 'var(--error)',
  warning: 'var(--warning)',
  info: 'var(--info)',
  debug: 'var(--neutral)',
};

const VERDICT: Record<Verdict, { label: string; tone: Tone; hint: string }> = {
  watching: { label: 'Watching', tone: 'violet', hint: 'Too little time or traffic yet to say that it held' },
  held: { label: 'Held', tone: 'success', hint: 'No event came though several were due' },
  recurred: { label: 'Recurred', tone: 'critical', hint: 'The error came back after the fix' },
  inconclusive: { label: 'Inconclusive', tone: 'neutral', hint: 'Too little traffic to say' },
};

export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const { label, tone, hint } = VERDICT[verdict];
  return (
    <Badge tone={tone} dot title={hint}>
      {label}
    </Badge>
  );
}

/** What a list shows of a known fix: that there is one, and whether it held last time. */
export function KnownFixBadge({ fix }: { fix: NonNullable<Issue['known_fix']> }) {
  const failed = fix.disputed || fix.verdict === 'recurred';
  return (
    <Badge tone={failed ? 'warning' : 'success'} title={`${fix.entry}: ${fix.title}${failed ? ' (did not hold)' : ''}`}>
      {failed ? 'Fix disputed' : 'Known fix'}
    </Badge>
  );
}
