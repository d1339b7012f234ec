import { describe, expect, it } from 'vitest';
import { calibrationShift, type FeedbackCount, feedbackEvidence, feedbackShift, shifted } from './match-feedback';

const said = (kind: FeedbackCount['kind'], count = 1, over: Partial<FeedbackCount> = {}): FeedbackCount => ({
  kind,
  reason: null,
  near: true,
  count,
  ...over,
});
const wrong = (count: number, near = true) => said('rejected', count, { reason: 'wrong_cause', near });

describe('feedback', () => {
  it.each<[string, FeedbackCount[], FeedbackCount[]]>([
    ['a rejection lowers', [wrong(1)], []],
    ['a second one lowers further', [wrong(2)], [wrong(1)]],
    ['one about another service lowers less', [wrong(1)], [wrong(1, false)]],
    ['"not useful" lowers less than "wrong cause"', [wrong(1)], [said('rejected', 1, { reason: 'not_useful' })]],
    ['"did not help" takes back what "accepted" gave', [said('unhelped'), said('accepted')], [said('accepted')]],
    ['"this fixed it" raises', [], [said('helped')]],
    ['a fix that held raises', [], [said('held')]],
  ])('%s', (_, lower, higher) => {
    expect(feedbackShift(lower)).toBeLessThan(feedbackShift(higher));
  });

  it('is bounded: a thousand voices do not make a stranger the answer', () => {
    expect(shifted(0.1, feedbackShift([said('helped', 1000), said('accepted', 1000)]))).toBeLessThan(0.35);
    expect(shifted(0.97, feedbackShift([wrong(1000)]))).toBeGreaterThan(0.5);
    expect(shifted(0.4, 0)).toBe(0.4);
  });

  it('says what moved the rank', () => {
    const counts = [wrong(1), wrong(1, false), said('accepted')];
    expect(feedbackEvidence(counts, feedbackShift(counts))).toMatchObject({
      kind: 'feedback',
      matched: ['rejected twice as wrong cause'],
    });
    expect(feedbackEvidence([], 0)).toBeNull();
  });
});

describe('calibration', () => {
  const decided = (count: number, accepted: number, confidence = 0.8) =>
    Array.from({ length: count }, (_, i) => ({ confidence, accepted: i < accepted }));
  it.each<[string, number, number, (shift: number) => boolean]>([
    ['no decision changes nothing', 0, 0, (shift) => shift === 0],
    ['as many accepted as foretold changes nothing', 50, 40, (shift) => Math.abs(shift) < 0.02],
    ['fewer lowers', 50, 20, (shift) => shift < -0.3],
    ['one refusal hardly lowers', 1, 0, (shift) => shift < 0 && shift > -0.25],
    ['more raises', 50, 50, (shift) => shift > 0.3],
    ['none of a thousand lowers no further than the bound', 1000, 0, (shift) => shift === -0.7],
  ])('%s', (_, count, accepted, holds) => {
    expect(holds(calibrationShift(decided(count, accepted)))).toBe(true);
  });
});
