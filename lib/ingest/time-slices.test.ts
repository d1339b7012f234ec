import { expect, it } from 'vitest';
import { TimeSlices } from './time-slices';

/** Slices whose work takes four milliseconds an item, on a clock that only work moves. */
function workshop(): { slices: TimeSlices; work: () => void; done: () => number } {
  let now = 0;
  return {
    slices: new TimeSlices(() => now),
    work: () => {
      now += 4;
    },
    done: () => now / 4,
  };
}

/** Items of work that were done in each turn of the event loop while `all` was under way. */
async function perTurn(done: () => number, all: () => Promise<unknown>): Promise<number[]> {
  const turns: number[] = [];
  let before = 0;
  let working = true;
  const look = (): void => {
    turns.push(done() - before);
    before = done();
    if (working) setImmediate(look);
  };
  setImmediate(look);
  await all();
  working = false;
  turns.push(done() - before);
  return turns;
}

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
  const { slices, work, done } = workshop();
  const turns = await perTurn(done, () =>
    Promise.all(Array.from({ length: 10 }, () => slices.map([1, 2, 3, 4, 5], work))),
  );
  expect(done()).toBe(50);
  // The third item goes past ten milliseconds.
  expect(Math.max(...turns)).toBe(3);
});

it('does not let many small pieces of one turn of the event loop take longer than one caller may', async () => {
  const { slices, work, done } = workshop();
  const turns = await perTurn(done, () => Promise.all(Array.from({ length: 12 }, () => slices.map([1], work))));
  expect(done()).toBe(12);
  expect(Math.max(...turns)).toBe(3);
});
