import { expect, test } from 'vitest';
import { addUp, claimDropped, droppedHours, sumOf } from './move-shares';

const hours = (...counts: number[]) => new Map(counts.flatMap((count, hour) => (count > 0 ? [[hour, count]] : [])));

test('an hour that is stored whole has dropped nothing', () => {
  expect(droppedHours(hours(3, 2), [hours(1, 2), hours(2)])).toEqual(new Map());
  expect(droppedHours(hours(3, 2), [hours(1), hours(1, 1)])).toEqual(hours(1, 1));
});

test('more stored than counted is nothing less than none', () => {
  expect(droppedHours(hours(1), [hours(2)])).toEqual(new Map());
});

test('where everything is stored, a ledger claims nothing', () => {
  const ledger = { counted: hours(9, 9), rows: hours(4, 4) };
  expect(claimDropped(hours(), ledger, hours(1, 1))).toEqual(new Map());
});

test('claimed is what was dropped before the merge, and the rows that are missing since', () => {
  const ledger = { counted: hours(9, 3, 5), rows: hours(4, 3, 5) };
  // Of the third hour, more came since than were stored then.
  expect(claimDropped(hours(20, 20, 20), ledger, hours(4, 1, 7))).toEqual(hours(5, 2));
});

test('never more is claimed than was dropped', () => {
  expect(claimDropped(hours(2), { counted: hours(9), rows: hours(9) }, hours())).toEqual(hours(2));
});

test('hours add up', () => {
  expect(addUp(hours(1, 2), hours(0, 3, 4))).toEqual(hours(1, 5, 4));
  expect(sumOf(hours(1, 5, 4))).toBe(10);
});
