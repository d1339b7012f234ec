import { expect, test } from 'vitest';
import { variableParts } from './variable-parts';

const marked = (title: string, template: string) =>
  variableParts(title, template)
    .map((part) => (part.token ? `[${part.text}]` : part.text))
    .join('');

test.each([
  [
    'Timeout: no answer from 10.0.0.7 in 30 s',
    'no answer from <ip> in <num> s',
    'Timeout: no answer from [10.0.0.7] in [30] s',
  ],
  ['user 42 is gone', 'user <num> is gone', 'user [42] is gone'],
  ['KeyError: 17', '<num>', 'KeyError: [17]'],
  ['java.io.Error: -1 is too small', '<num> is too small', 'java.io.Error: [-1] is too small'],
  ['Retry in 5', 'Retry in <num>', 'Retry in [5]'],
  ['plain', 'plain', 'plain'],
  ['plain', '', 'plain'],
  ['other words', 'does not <num> fit', 'other words'],
  ['user 42 is g', 'user <num> is gone', 'user [42 is g]'],
])('%s with %s', (title, template, expected) => {
  expect(marked(title, template)).toBe(expected);
});

test('nothing is lost', () => {
  const title = 'x: a 1 b 2 c';
  expect(
    variableParts(title, 'a <num> b <num> c')
      .map((p) => p.text)
      .join(''),
  ).toBe(title);
});
