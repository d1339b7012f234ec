import { describe, expect, it } from 'vitest';
import { holdsPattern, patternProblem } from './pattern';

describe('patterns', () => {
  it('match without regard to case, and at each line', () => {
    expect(holdsPattern('ECONNREFUSED 127.0.0.1:5432', 'econnrefused .*:\\d{4}')).toBe(true);
    expect(holdsPattern('first\nsecond line', '^second')).toBe(true);
  });

  it.each(['(a+)+z', '((a*)b)*z', '(a|b+){2,}c', 'a*a*a*a*a*a*b', '.*.*.*.*.*.*=', '(a|a)*z', '(.*)*x'])(
    'cannot run away: %s',
    (pattern) => {
      const before = process.cpuUsage();
      expect(holdsPattern(`${'a'.repeat(4000)}!`, pattern)).toBe(false);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1000).toBeLessThan(1000);
    },
  );

  it.each([
    ['(', /missing/],
    ['(x)\\1', /invalid escape/],
    ['(?=a)b', /invalid/],
    ['((a{100}){100}){100}', /./],
    ['a'.repeat(600), /longer than 500/],
  ])('that RE2 cannot run match nothing, and say why: %s', (pattern, why) => {
    expect(patternProblem(pattern)).toMatch(why);
    expect(holdsPattern('aaaa x', pattern)).toBe(false);
  });
});
