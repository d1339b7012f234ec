import { expect, it } from 'vitest';
import { calibrationCurve } from './calibration-curve';

const decided = (confidence: number, accepted: boolean) => ({ confidence, accepted });

it('says how sure and how often right, bin by bin', () => {
  const { bins, error } = calibrationCurve([
    ...Array.from({ length: 8 }, () => decided(0.85, true)),
    ...Array.from({ length: 2 }, () => decided(0.85, false)),
    decided(0.4, false),
    decided(1, true),
  ]);
  expect(bins.map(({ from, decisions, was }) => [from, decisions, was])).toEqual([
    [0.4, 1, 0],
    [0.8, 10, 0.8],
    [0.9, 1, 1],
  ]);
  expect(error).toBeCloseTo((0.05 * 10 + 0.4) / 12);
});

it('knows nothing without decisions', () => {
  expect(calibrationCurve([])).toEqual({ bins: [], error: null });
});
