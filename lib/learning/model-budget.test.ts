import { expect, it } from 'vitest';
import { MINUTE_MS } from '../time';
import { type ModelOutcome, mayAskModel } from './model-budget';

const now = new Date('2026-06-30T12:00:00Z');
const failed = (outcomes: ModelOutcome[], minutesAgo = 1) =>
  outcomes.map((outcome) => ({ outcome, at: new Date(now.getTime() - minutesAgo * MINUTE_MS) }));

it.each<[string, Parameters<typeof mayAskModel>[0], boolean]>([
  ['asks while there is budget', { today: 9, budget: 10, recent: [] }, true],
  ['stops at the budget', { today: 10, budget: 10, recent: [] }, false],
  ['never asks with a budget of nothing', { today: 0, budget: 0, recent: [] }, false],
  ['rests after three failures', { today: 3, budget: 10, recent: failed(['timed_out', 'refused', 'failed']) }, false],
  ['asks again later', { today: 3, budget: 10, recent: failed(['timed_out', 'refused', 'failed'], 11) }, true],
  ['does not rest for a bad answer', { today: 3, budget: 10, recent: failed(['unusable', 'refused', 'failed']) }, true],
])('%s', (_, state, asks) => {
  expect(mayAskModel(state, now).ok).toBe(asks);
});
