import { expect, it } from 'vitest';
import { RecentKeys } from './recent-keys';

it('knows what was noted, and what is asked for again survives when the older half goes', () => {
  const keys = new RecentKeys(2);
  keys.add('a');
  keys.add('b');
  expect([keys.has('a'), keys.has('c')]).toEqual([true, false]);
  keys.add('c');
  expect(keys.has('a')).toBe(true);
  keys.add('d');
  keys.add('e');
  expect(keys.has('b')).toBe(false);
});

it('never holds more than twice its limit', () => {
  const keys = new RecentKeys(10);
  const all = Array.from({ length: 1000 }, (_, n) => `key ${n}`);
  for (const key of all) keys.add(key);
  expect(all.filter((key) => keys.has(key)).length).toBeLessThanOrEqual(20);
  keys.forget();
  expect(all.some((key) => keys.has(key))).toBe(false);
});
