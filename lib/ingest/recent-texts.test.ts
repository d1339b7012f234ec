import { expect, it } from 'vitest';
import { RecentTexts } from './recent-texts';

it('gives back what was made of a text', () => {
  const recent = new RecentTexts<number>(100);
  recent.set('a', 1);
  expect([recent.get('a'), recent.get('b')]).toEqual([1, undefined]);
});

it('forgets the texts that nobody asks for, and keeps the others', () => {
  const recent = new RecentTexts<number>(100);
  const text = (n: number): string => String(n).padStart(10, '0');
  recent.set(text(0), 0);
  for (let n = 1; n < 50; n++) {
    expect(recent.get(text(0))).toBe(0);
    recent.set(text(n), n);
  }
  const held = Array.from({ length: 50 }, (_, n) => recent.get(text(n))).filter((made) => made !== undefined);
  expect(recent.get(text(1))).toBeUndefined();
  expect(held.length).toBeLessThanOrEqual(14);
});

it('remembers nothing of very long texts', () => {
  const recent = new RecentTexts<number>(1_000_000);
  recent.set('x'.repeat(20_000), 1);
  expect(recent.get('x'.repeat(20_000))).toBeUndefined();
});
