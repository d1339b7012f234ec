import type { Activity } from '@/lib/issues/issue-schema';
import { formatExact } from '../ui/format';

const text = (value: unknown): string | null => (typeof value === 'string' && value ? value : null);

const UNDID: Record<string, string> = {
  resolved: 'took back the resolution',
  reopened: 'took back the reopening',
  muted: 'took back the mute',
  unmuted: 'took back the unmuting',
  assigned: 'took back the assignment',
  unassigned: 'took back the unassignment',
  split: 'took back the split',
};

const count = (value: unknown): string =>
  typeof value === 'number' ? `${formatExact(value)} ${value === 1 ? 'event' : 'events'}` : 'events';

type Words = (data: Activity['data']) => string;

const release = (data: Activity['data'], before: string): string => {
  const name = text(data.release);
  return name ? `${before}${name}` : '';
};

/** What a turning point says after its subject. */
const WORDS: Record<string, Words> = {
  first_seen: (data) => `was first seen${release(data, ' in ')}`,
  ongoing: () => 'is ongoing',
  escalating: (data) =>
    typeof data.count === 'number' && typeof data.limit === 'number'
      ? `is escalating: ${formatExact(data.count)} events in an hour, where ${formatExact(Math.round(data.limit))} are the limit`
      : 'is escalating',
  resolved: (data) =>
    data.reason === 'auto'
      ? `counts as resolved after ${formatExact(Number(data.quiet_days))} quiet days`
      : data.mode === 'next_release'
        ? `resolved it in the release after ${text(data.release) ?? 'this one'}`
        : `resolved it${release(data, ' in ')}`,
  reopened: () => 'reopened it',
  regressed: (data) => `came back${release(data, ' in ')}`,
  muted: () => 'muted it',
  unmuted: () => 'is no longer muted',
  assigned: (data) => {
    const name = text(data.assignee_name) ?? 'somebody';
    return text(data.rule) ? `went to ${name} by the rule ${text(data.rule)}` : `assigned it to ${name}`;
  },
  checklist_added: (data) => `began the checklist ${text(data.title) ?? ''}`.trim(),
  checklist_completed: (data) => `finished the checklist ${text(data.title) ?? ''}`.trim(),
  checklist_removed: (data) => `removed the checklist ${text(data.title) ?? ''}`.trim(),
  link_added: (data) => `linked it to ${text(data.label) ?? 'a ticket'}`,
  link_removed: (data) => `took the link to ${text(data.label) ?? 'a ticket'} off`,
  unassigned: () => 'took the assignee off',
  merged: (data) => `merged ${text(data.from) ?? 'another issue'} into it`,
  merged_into: (data) => `merged it into ${text(data.into) ?? 'another issue'}`,
  unmerged: (data) =>
    text(data.from) ? `took ${text(data.from)} out again` : `took it out of ${text(data.out_of) ?? 'another issue'}`,
  split: (data) => `split ${count(data.moved)} off into ${text(data.into) ?? 'another issue'}`,
  split_from: (data) => `split ${count(data.moved)} off ${text(data.from) ?? 'another issue'} to make it`,
  undone: (data) => UNDID[text(data.undid) ?? ''] ?? 'took back a change',
  suggestion_accepted: (data) => `accepted a fix${text(data.entry) ? `, ${text(data.entry)}` : ''}`,
  entry_updated: (data) => `accepted new words for ${text(data.entry) ?? 'an entry'}`,
  suggestion_rejected: () => 'rejected a suggestion',
  fix_held: () => 'held',
  fix_recurred: () => 'did not hold',
  fix_helped: (data) => `helped: ${text(data.entry) ?? 'the entry'}`,
  fix_unhelped: (data) => `did not help: ${text(data.entry) ?? 'the entry'}`,
  fix_inconclusive: () => 'saw too little traffic to be judged',
};

/** Who or what a turning point speaks of. */
export const activitySubject = ({ kind, actor }: Pick<Activity, 'kind' | 'actor'>): string =>
  kind.startsWith('fix_') ? 'The fix' : (actor?.name ?? 'The issue');

export const activityWords = ({ kind, data }: Pick<Activity, 'kind' | 'data'>): string =>
  WORDS[kind]?.(data) ?? kind.replaceAll('_', ' ');
