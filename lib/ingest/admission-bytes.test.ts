import { expect, it } from 'vitest';
import { ByteBudget, Slots } from './admission-bytes';

it('holds all requests together to the budget, and lets a large one through alone', () => {
  const budget = new ByteBudget(100);
  const [a, b] = [{}, {}];
  expect([budget.grow(a, 60), budget.grow(b, 40), budget.grow(b, 1)]).toEqual([true, true, false]);
  budget.release(a);
  expect([budget.total, budget.grow(b, 1000), budget.grow(a, 1)]).toEqual([40, true, false]);
  budget.release(b);
  budget.release(b);
  expect(budget.total).toBe(0);
});

it('does so many things at a time, in order, failures included', async () => {
  const slots = new Slots(2);
  let running = 0;
  let most = 0;
  const done: number[] = [];
  const work = (n: number) => async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    done.push(n);
    if (n === 1) throw new Error('one');
  };
  const all = await Promise.allSettled([0, 1, 2, 3, 4].map((n) => slots.run(work(n))));
  expect([most, done]).toEqual([2, [0, 1, 2, 3, 4]]);
  expect(all.map(({ status }) => status === 'rejected')).toEqual([false, true, false, false, false]);
});
