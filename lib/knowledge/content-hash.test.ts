import { describe, expect, it } from 'vitest';
import { contentHash, sameContent } from './content-hash';

describe('contentHash', () => {
  it('does not depend on the order of keys, at any depth', () => {
    expect(contentHash({ a: 1, b: { c: [1, { d: 2, e: 3 }] } })).toBe(
      contentHash({ b: { c: [1, { e: 3, d: 2 }] }, a: 1 }),
    );
  });

  it('depends on values and on the order of lists', () => {
    expect(contentHash({ a: 'x' })).not.toBe(contentHash({ a: 'y' }));
    expect(contentHash([1, 2])).not.toBe(contentHash([2, 1]));
  });

  it('takes an undefined key as absent and null as a value', () => {
    expect(sameContent({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(sameContent({ a: 1, b: null }, { a: 1 })).toBe(false);
  });
});
