import { expect, test } from 'vitest';
import { compareReleases } from './release-order';

test.each([
  ['1.4.0', '1.4.1', -1],
  ['1.10.0', '1.9.0', 1],
  ['v2.0', '2.0.0', 0],
  ['1.4.0-rc.1', '1.4.0', -1],
  ['1.4.0-rc.2', '1.4.0-rc.10', -1],
  ['1.4.0-alpha', '1.4.0-alpha.1', -1],
  ['1.4.0-1', '1.4.0-beta', -1],
  ['1.4.0+build7', '1.4.0+build9', 0],
  ['web@1.4.0', 'web@1.5.0', -1],
  ['@scope/web@1.4.0', '@scope/web@1.3.9', 1],
  ['2026.11.21', '2026.2.3', 1],
  ['abc', 'abc', 0],
])('%s against %s is %i', (a, b, expected) => {
  expect(Math.sign(compareReleases(a, b) ?? Number.NaN)).toBe(expected);
  expect(Math.sign(compareReleases(b, a) ?? Number.NaN)).toBe(expected === 0 ? 0 : -expected);
});

test.each([
  ['3f1c2aa', '99fe01b'],
  ['web@1.4.0', 'api@1.5.0'],
  ['1.4.0', 'nightly'],
  ['7', '8x'],
])('%s and %s have no order', (a, b) => {
  expect(compareReleases(a, b)).toBeNull();
});
