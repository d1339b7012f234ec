import { expect, it } from 'vitest';
import { TimeSlices } from './time-slices';

const busy = (ms: number): void => {
  for (const until = performance.now() + ms; performance.now() < until; );
};

it('keeps the order and fails at the item that fails, alone', async () => {
  const slices = new TimeSlices();
  const failing = slices.map([1, 2], (item) => {
    if (item === 2) throw new Error('two');
    return item;
  });
  const next = slices.map([3, 4], (item) => item * 10);
  await expect(failing).rejects.toThrow('two');
  expect(await next).toEqual([30, 40]);
});

it('lets others in between, however many callers there are', async () => {
  const slices = new TimeSlices();
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  await Promise.all(Array.from({ length: 10 }, () => slices.map([1, 2, 3, 4, 5], () => busy(4))));
  clearInterval(timer);
  // 200 ms of work in all; without turns nothing else would have run before its end.
  expect(longest).toBeLessThan(120);
});

it('does not let many small pieces of one turn of the event loop take longer than one caller may', async () => {
  const slices = new TimeSlices();
  let turns = 0;
  let working = true;
  const count = (): void => {
    turns++;
    if (working) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all(Array.from({ length: 12 }, () => slices.map([1], () => busy(4))));
  working = false;
  // 48 ms of work, of which no turn takes more than the slice and one piece.
  expect(turns).toBeGreaterThanOrEqual(3);
});
