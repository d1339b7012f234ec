import { expect, it } from 'vitest';
import { confidenceOf, MATCH_THRESHOLD } from './calibrate';

const nothing = { coverage: 0, margin: 0, explained: 0, named: 0 };

it('never lowers the confidence when a sign improves', () => {
  for (const sign of ['coverage', 'margin', 'explained', 'named'] as const) {
    const confidences = [0, 0.25, 0.5, 0.75, 1].map((value) => confidenceOf({ ...nothing, [sign]: value }));
    expect(confidences).toEqual([...confidences].sort((a, b) => a - b));
    expect(confidences[4]).toBeGreaterThan(confidences[0] as number);
  }
});

it('abstains on one sign alone and is sure on all', () => {
  expect(confidenceOf({ ...nothing, explained: 1 })).toBeLessThan(MATCH_THRESHOLD);
  expect(confidenceOf({ coverage: 1, margin: 0.8, explained: 0.8, named: 1 })).toBeGreaterThan(0.95);
});
