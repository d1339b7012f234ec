import { expect, test } from 'vitest';
import { walkBack } from './walk-back';

test('changes are taken off from now backwards', () => {
  expect(
    walkBack(10, 3, [
      { bucket: 0, change: 2 },
      { bucket: 2, change: -1 },
    ]),
  ).toEqual({ start: 9, ends: [11, 11, 10] });
});

test('what changed after the range does not count', () => {
  expect(walkBack(10, 2, [{ bucket: 7, change: 4 }])).toEqual({ start: 6, ends: [6, 6] });
});
