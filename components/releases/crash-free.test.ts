import { expect, it } from 'vitest';
import { crashFreeTone, formatCrashFree, releasePath } from './crash-free';

it.each([
  [1, '100%'],
  [0.99999, '99.99%'],
  [0.9983, '99.83%'],
  [0.5, '50.00%'],
  [0, '0.00%'],
])('a rate of %d reads %s', (rate, text) => {
  expect(formatCrashFree(rate)).toBe(text);
});

it('is good from 99.5 %, and bad below 98 %', () => {
  expect([1, 0.995, 0.99, 0.98, 0.97].map(crashFreeTone)).toEqual([
    'success',
    'success',
    'warning',
    'warning',
    'critical',
  ]);
});

it('finds the page of a version whatever it is made of', () => {
  expect(releasePath({ project: 'shop', version: 'shop@1.0/next 2' }, '?range=7d')).toBe(
    '/releases/shop/shop%401.0%2Fnext%202?range=7d',
  );
});
