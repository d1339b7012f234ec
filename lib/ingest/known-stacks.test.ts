import { expect, it } from 'vitest';
import { KnownStacks } from './known-stacks';

it('knows a stack for the day on which it was stored', () => {
  const known = new KnownStacks();
  known.add(['a'], '2026-11-21');
  expect(known.has('a', '2026-11-21')).toBe(true);
  expect(known.has('b', '2026-11-21')).toBe(false);
  expect(known.has('a', '2026-11-22')).toBe(false);
  known.add(['b'], '2026-11-22');
  expect(known.has('a', '2026-11-22')).toBe(false);
  expect(known.has('a', '2026-11-21')).toBe(false);
});

it('forgets those first that were not asked for in the longest time', () => {
  const known = new KnownStacks();
  known.add(['first', 'second'], '2026-11-21');
  known.has('first', '2026-11-21');
  known.add(
    Array.from({ length: 49_999 }, (_, n) => `more ${n}`),
    '2026-11-21',
  );
  expect(known.has('first', '2026-11-21')).toBe(true);
  expect(known.has('second', '2026-11-21')).toBe(false);
});
