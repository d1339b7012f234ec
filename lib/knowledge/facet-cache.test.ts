import { expect, it } from 'vitest';
import { FacetCache } from './facet-cache';

const counter = (start: number) => {
  let total = start;
  return async () => ({ total: total++ });
};

it('counts a small table afresh each time', async () => {
  const [cache, count] = [new FacetCache(), counter(5)];
  expect((await cache.get('', 0, count)).total).toBe(5);
  expect((await cache.get('', 1, count)).total).toBe(6);
});

it('shows what it has of a large one, and has newer counts the next time', async () => {
  const [cache, count] = [new FacetCache(), counter(50_000)];
  await cache.get('', 0, count);
  expect((await cache.get('', 1000, count)).total).toBe(50_000);
  expect((await cache.get('', 5000, count)).total).toBe(50_000);
  await Promise.resolve();
  expect((await cache.get('', 5001, count)).total).toBe(50_001);
});

it('shows nothing that is older than a minute', async () => {
  const [cache, count] = [new FacetCache(), counter(50_000)];
  await cache.get('', 0, count);
  expect((await cache.get('', 61_000, count)).total).toBe(50_001);
});
