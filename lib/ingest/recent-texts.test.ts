import { expect, it } from 'vitest';
import { RecentTexts } from './recent-texts';

/** Counts how often something is made. */
function counting(budget: number) {
  const recent = new RecentTexts<string>(budget);
  const made: string[] = [];
  const of = (text: string): string =>
    recent.of(text, (given) => {
      made.push(given);
      return given.toUpperCase();
    });
  return { of, made };
}
const text = (n: number): string => String(n).padStart(10, '0');

it('remembers what came twice', () => {
  const { of, made } = counting(100);
  expect([of('a'), of('a'), of('a'), of('b')]).toEqual(['A', 'A', 'A', 'B']);
  expect(made).toEqual(['a', 'a', 'b']);
});

it('says whether others will be given the same', () => {
  const recent = new RecentTexts<boolean>(100);
  const isKept = (): boolean => recent.of('a', (_, kept) => kept);
  expect([isKept(), isKept(), isKept()]).toEqual([false, true, true]);
});

it('forgets the texts that nobody asks for, and keeps the others', () => {
  const { of, made } = counting(100);
  of(text(0));
  for (let n = 1; n < 50; n++) {
    of(text(0));
    of(text(n));
    of(text(n));
  }
  expect(made.filter((one) => one === text(0))).toHaveLength(2);
  of(text(1));
  expect(made.filter((one) => one === text(1))).toHaveLength(3);
});

it('remembers nothing of very long texts', () => {
  const { of, made } = counting(1_000_000);
  for (let n = 0; n < 4; n++) of('x'.repeat(20_000));
  expect(made).toHaveLength(4);
});
