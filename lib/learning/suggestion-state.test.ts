import { expect, it } from 'vitest';
import { nextSuggestion, SUGGESTION_STATUSES, type SuggestionEvent, type SuggestionStatus } from './suggestion-state';

const EVENTS: SuggestionEvent[] = ['accept', 'reject', 'propose', 'supersede', 'undo'];

/** Rows: status; columns: EVENTS; null is a refusal. */
const TABLE: Record<SuggestionStatus, (SuggestionStatus | null)[]> = {
  pending: ['accepted', 'rejected', 'pending', 'superseded', null],
  accepted: [null, null, 'accepted', 'accepted', 'pending'],
  rejected: [null, null, null, 'rejected', 'pending'],
  superseded: [null, null, 'pending', 'superseded', 'pending'],
};

it.each(SUGGESTION_STATUSES.flatMap((status) => EVENTS.map((event, i) => [status, event, TABLE[status][i]] as const)))(
  'a suggestion that is %s, after %s, is %s',
  (status, event, expected) => {
    const decision = nextSuggestion(status, event);
    expect(decision.ok ? decision.status : null).toBe(expected);
  },
);

it('says that a rejected pair is not proposed again', () => {
  expect(nextSuggestion('rejected', 'propose')).toMatchObject({
    reason: expect.stringContaining('not proposed again'),
  });
});
