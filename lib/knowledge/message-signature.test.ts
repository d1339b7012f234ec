import { expect, it } from 'vitest';
import { guessSignature, withVariable } from './message-signature';

it('takes what varies out of the first line', () => {
  expect(guessSignature('\nconnect to 10.0.0.7:5432 failed after 30 s\n  at x')).toMatch(
    /^connect to <\*>.* failed after <\*>/,
  );
});

it('takes out what one marks, and joins it with its neighbour', () => {
  const text = 'gate <*>of Aurora is held';
  expect(withVariable(text, 8, 17)).toBe('gate <*> is held');
});
