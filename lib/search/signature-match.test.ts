import { describe, expect, it } from 'vitest';
import { holdsTemplate } from './signature-match';

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
