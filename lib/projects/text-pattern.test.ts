import { describe, expect, it } from 'vitest';
import { cpuMs } from '@/lib/test-cpu-time';
import { matchesPattern } from './text-pattern';

describe('a pattern', () => {
  it.each([
    ['*timeout*', 'Connection TIMEOUT after 3 s', false, true],
    ['timeout', 'Connection timeout after 3 s', true, true],
    ['timeout', 'Connection timeout after 3 s', false, false],
    ['connection*3 s', 'Connection timeout after 3 s', false, true],
    ['connection*after', 'Connection timeout after 3 s', false, false],
    ['a*a', 'a', false, false],
    ['a*b*c', 'a-c-b', false, false],
    ['[a-z]+', 'abc', true, false],
    ['*', '', false, true],
    ['2.*.1', '2.10.1', false, true],
  ])('%s of "%s" (anywhere: %s) is %s', (pattern, text, anywhere, expected) => {
    expect(matchesPattern(pattern, text, anywhere)).toBe(expected);
  });

  it('takes no time to speak of on the worst of texts', () => {
    expect(cpuMs(() => matchesPattern('a*'.repeat(250), 'a'.repeat(1_000_000), true))).toBeLessThan(500);
  });
});
