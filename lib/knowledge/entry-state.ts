import { DAY_MS } from '../time';
import type { EntryStatus } from './entry-words';

export interface EntryState {
  status: EntryStatus;
  /** A fix made from it recurred. */
  disputed: boolean;
  /** `YYYY-MM-DD`. */
  nextReview: string | null;
}

/** Who acts and who wrote the current content: ids of people or tokens, null for the system. */
export interface FourEyes {
  /** The workspace asks for it. */
  required: boolean;
  actor: string | null;
  author: string | null;
}

export type EntryEvent =
  | { kind: 'edit'; fourEyes: boolean }
  | { kind: 'submit' | 'reject' | 'retire' | 'recurred' }
  | { kind: 'publish'; fourEyes: FourEyes }
  /** Somebody looked at a published entry and it still holds; `nextReview` is when to look again. */
  | { kind: 'verify'; nextReview?: string | null };

export type EntryDecision = { ok: true; state: EntryState } | { ok: false; reason: string };

/** Days until a verified entry is due again, where nobody said otherwise. */
export const REVIEW_INTERVAL_DAYS = 90;

/** From which states each action may start, and where it leads. */
const TRANSITIONS = {
  submit: { from: ['draft'], to: 'in_review' },
  publish: { from: ['draft', 'in_review', 'retired'], to: 'published' },
  reject: { from: ['in_review'], to: 'draft' },
  retire: { from: ['draft', 'in_review', 'published'], to: 'retired' },
  verify: { from: ['published'], to: 'published' },
} as const satisfies Record<string, { from: readonly EntryStatus[]; to: EntryStatus }>;

export type StatusAction = keyof typeof TRANSITIONS;
export const STATUS_ACTIONS = Object.keys(TRANSITIONS) as StatusAction[];

const DONE: Record<StatusAction, string> = {
  submit: 'submitted for review',
  publish: 'published',
  reject: 'rejected',
  retire: 'retired',
  verify: 'verified',
};

export const STATUS_LABELS: Record<EntryStatus, string> = {
  draft: 'Draft',
  in_review: 'In review',
  published: 'Published',
  retired: 'Retired',
};

/** Whether an action can start from a status, whoever asks. */
export const mayStart = (action: StatusAction, status: EntryStatus): boolean =>
  (TRANSITIONS[action].from as readonly EntryStatus[]).includes(status);

/** The state after an event, or why it cannot happen. `now` is only read to date the next review. */
export function next(state: EntryState, event: EntryEvent, now: Date): EntryDecision {
  switch (event.kind) {
    case 'edit': {
      // With four eyes nobody's own words stay published unseen.
      const unseen = event.fourEyes && state.status === 'published';
      return { ok: true, state: unseen ? { ...state, status: 'in_review' } : state };
    }
    case 'recurred':
      return { ok: true, state: { ...state, disputed: state.status === 'published' || state.disputed } };
    case 'publish': {
      const { required, actor, author } = event.fourEyes;
      if (mayStart('publish', state.status) && required && actor !== null && actor === author)
        return { ok: false, reason: 'Whoever wrote it cannot be the only one to approve it: ask another reviewer.' };
      return move(state, 'publish', { disputed: false });
    }
    case 'verify': {
      const due = event.nextReview === undefined ? later(state.nextReview, now) : event.nextReview;
      return move(state, 'verify', { disputed: false, nextReview: due });
    }
    default:
      return move(state, event.kind, {});
  }
}

function move(state: EntryState, action: StatusAction, change: Partial<EntryState>): EntryDecision {
  if (mayStart(action, state.status))
    return { ok: true, state: { ...state, ...change, status: TRANSITIONS[action].to } };
  const from = TRANSITIONS[action].from.map((status) => STATUS_LABELS[status].toLowerCase()).join(' or ');
  return {
    ok: false,
    reason: `This entry is ${STATUS_LABELS[state.status].toLowerCase()}; only one that is ${from} can be ${DONE[action]}.`,
  };
}

/** An entry without a review date keeps none; one with a date is due a while from now. */
const later = (nextReview: string | null, now: Date): string | null =>
  nextReview === null ? null : new Date(now.getTime() + REVIEW_INTERVAL_DAYS * DAY_MS).toISOString().slice(0, 10);

/** A published entry whose next-review date (`YYYY-MM-DD`, UTC) has passed. */
export const isStale = (status: EntryStatus, nextReview: string | null, now: Date): boolean =>
  status === 'published' && nextReview !== null && nextReview < now.toISOString().slice(0, 10);
