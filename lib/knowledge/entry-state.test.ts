import { describe, expect, it } from 'vitest';
import {
  type EntryEvent,
  type EntryState,
  isStale,
  mayStart,
  next,
  STATUS_ACTIONS,
  type StatusAction,
} from './entry-state';
import { ENTRY_STATUSES, type EntryStatus } from './entry-words';

const NOW = new Date('2024-06-01T12:00:00Z');
const ANN = 'ann';
const BEN = 'ben';
const state = (status: EntryStatus, more: Partial<EntryState> = {}): EntryState => ({
  status,
  disputed: false,
  nextReview: null,
  ...more,
});
const event = (action: StatusAction): EntryEvent =>
  action === 'publish' ? { kind: 'publish', fourEyes: { required: false, actor: ANN, author: ANN } } : { kind: action };

/** Rows: from; columns: what each action makes of it (null = refused). */
const TABLE: Record<EntryStatus, Record<StatusAction, EntryStatus | null>> = {
  draft: { submit: 'in_review', publish: 'published', reject: null, retire: 'retired', verify: null },
  in_review: { submit: null, publish: 'published', reject: 'draft', retire: 'retired', verify: null },
  published: { submit: null, publish: null, reject: null, retire: 'retired', verify: 'published' },
  retired: { submit: null, publish: 'published', reject: null, retire: null, verify: null },
};

describe('next', () => {
  for (const from of ENTRY_STATUSES)
    for (const action of STATUS_ACTIONS) {
      const to = TABLE[from][action];
      it(to ? `takes ${from} to ${to} on ${action}` : `refuses ${action} when ${from}`, () => {
        const decision = next(state(from), event(action), NOW);
        expect(decision.ok ? decision.state.status : null).toBe(to);
        expect(mayStart(action, from)).toBe(to !== null);
      });
    }

  it('says why it refuses, and from where it would not', () => {
    expect(next(state('draft'), { kind: 'reject' }, NOW)).toEqual({
      ok: false,
      reason: 'This entry is draft; only one that is in review can be rejected.',
    });
  });

  it.each([
    ['the author, when four eyes are asked for', true, ANN, ANN, false],
    ['the author, when they are not', false, ANN, ANN, true],
    ['somebody else', true, BEN, ANN, true],
    ['the system', true, null, null, true],
  ])('on publishing by %s', (_who, required, actor, author, allowed) => {
    const decision = next(state('in_review'), { kind: 'publish', fourEyes: { required, actor, author } }, NOW);
    expect(decision.ok).toBe(allowed);
  });

  it.each<[EntryStatus, boolean, EntryStatus]>([
    ['published', true, 'in_review'],
    ['published', false, 'published'],
    ['draft', true, 'draft'],
    ['in_review', false, 'in_review'],
    ['retired', true, 'retired'],
  ])('an edit of one that is %s with four eyes %s leaves it %s', (from, fourEyes, to) => {
    expect(next(state(from), { kind: 'edit', fourEyes }, NOW)).toEqual({ ok: true, state: state(to) });
  });

  it('a recurrence disputes a published entry and no other', () => {
    expect(next(state('published'), { kind: 'recurred' }, NOW)).toMatchObject({ state: { disputed: true } });
    expect(next(state('draft'), { kind: 'recurred' }, NOW)).toMatchObject({ state: { disputed: false } });
  });

  it('publishing and verifying settle a dispute; retiring keeps it', () => {
    expect(next(state('retired', { disputed: true }), event('publish'), NOW)).toMatchObject({
      state: { disputed: false },
    });
    expect(next(state('published', { disputed: true }), event('verify'), NOW)).toMatchObject({
      state: { disputed: false },
    });
    expect(next(state('published', { disputed: true }), event('retire'), NOW)).toMatchObject({
      state: { disputed: true },
    });
  });

  it('verifying moves a review date ninety days on, or to the one given, and invents none', () => {
    const due = (from: string | null, given?: string | null) => {
      const decision = next(state('published', { nextReview: from }), { kind: 'verify', nextReview: given }, NOW);
      return decision.ok ? decision.state.nextReview : 'refused';
    };
    expect(due('2024-05-01')).toBe('2024-08-30');
    expect(due('2024-05-01', '2025-01-01')).toBe('2025-01-01');
    expect(due('2024-05-01', null)).toBeNull();
    expect(due(null)).toBeNull();
  });
});

describe('isStale', () => {
  it.each<[EntryStatus, string | null, boolean]>([
    ['published', '2024-05-31', true],
    ['published', '2024-06-01', false],
    ['published', '2024-06-02', false],
    ['published', null, false],
    ['draft', '2020-01-01', false],
    ['retired', '2020-01-01', false],
  ])('%s with next review %s: %s', (status, nextReview, stale) => {
    expect(isStale(status, nextReview, NOW)).toBe(stale);
  });
});
