import { describe, expect, it } from 'vitest';
import { holdsPattern, holdsTemplate, isTamePattern } from './signature-match';

describe('message templates', () => {
  it('match whatever stands at the variable parts', () => {
    expect(holdsTemplate("Can't find model 'de_core'. Try again", "can't find model '<*>'. Try again")).toBe(true);
  });
  it('want the pieces in order', () => {
    expect(holdsTemplate('connection refused by host', 'host refused <*> connection')).toBe(false);
  });
  it('say nothing when they are almost only variable parts', () => {
    expect(holdsTemplate('error 5', 'error <*>')).toBe(false);
  });
});

describe('patterns', () => {
  it('match without regard to case', () => {
    expect(holdsPattern('ECONNREFUSED 127.0.0.1:5432', 'econnrefused .*:\\d{4}')).toBe(true);
  });
  it.each(['(a+)+$', '((a*)b)*', '(a|b+){2,}c', '(x)\\1', '(?=a)b', 'a'.repeat(600)])(
    'are refused when they could run away: %s',
    (p) => {
      expect(isTamePattern(p)).toBe(false);
      expect(holdsPattern('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', p)).toBe(false);
    },
  );
  it('that do not parse match nothing', () => {
    expect(holdsPattern('x', '(')).toBe(false);
  });
});
