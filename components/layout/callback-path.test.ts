import { expect, it } from 'vitest';
import { callbackPath } from './callback-path';

it.each([
  ['/issues?range=7d#top', '/issues?range=7d#top'],
  ['//evil.example/x', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['', '/'],
  [undefined, '/'],
])('after signing in, %s leads to %s', (given, path) => {
  expect(callbackPath(given)).toBe(path);
});
