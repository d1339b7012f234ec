import { describe, expect, it } from 'vitest';
import type { Frame } from '@/lib/ingest/event-schema';
import { eventOf } from '../grouping-fixtures';
import { groupEvent } from './group-event';

// Scripts of bundlers, for which there is no source map.

const frame = (name: string, file: string, colno: number, lineno = 1): Frame => ({
  function: name,
  filename: `https://shop.test/assets/${file}`,
  lineno,
  colno,
  in_app: true,
});
const hashOf = (frames: Frame[], value = 'x is undefined', type = 'TypeError') =>
  groupEvent(eventOf({ platform: 'javascript', exceptions: [{ type, value, frames: [...frames].reverse() }] }))
    .hashes[0];

describe('errors of minified scripts are one issue', () => {
  it.each([
    ['though columns and lines move', frame('render', 'app.js', 81_234), frame('render', 'app.js', 81_300, 2)],
    [
      'though the digest of the file differs',
      frame('render', 'app-3f2a9c1b.js', 1),
      frame('render', 'app-9d8e7f6a.js', 1),
    ],
    ['with digests of Vite', frame('render', 'index-DkX81aB2.js', 1), frame('render', 'index-B7q_x9Za.js', 1)],
    [
      'with digests of webpack',
      frame('render', 'main.4f3a2b1c9d8e.chunk.js', 1),
      frame('render', 'main.0a1b2c3d4e5f.chunk.js', 1),
    ],
    [
      'with digests that hold no digit',
      frame('render', 'index-DkXaBcQz.js', 1),
      frame('render', 'index-BqXyzKaT.js', 1),
    ],
    ['with digests that hold a dash', frame('render', 'index-B7-x9Za1.js', 1), frame('render', 'index-Ab_c-D3f.js', 1)],
    ['with a query behind the address', frame('render', 'app.js?v=12', 1), frame('render', 'app.js?v=13', 1)],
    [
      'from another host',
      frame('render', 'app.js', 1),
      { ...frame('render', 'app.js', 1), filename: 'http://cdn.test/v2/assets/app.js' },
    ],
  ])('%s', (_, one, other) => {
    expect(hashOf([one])).toBe(hashOf([other]));
  });
});

describe('errors of minified scripts are different issues', () => {
  it('where names are of one letter, if what they say or who called them differs', () => {
    const bundle = [frame('t', 'app.js', 10), frame('n', 'app.js', 20), frame('r', 'app.js', 30)];
    expect(hashOf(bundle, 'cart is empty')).not.toBe(hashOf(bundle, 'no such user'));
    expect(hashOf(bundle)).not.toBe(
      hashOf([frame('t', 'app.js', 10), frame('e', 'app.js', 20), frame('r', 'app.js', 30)]),
    );
    expect(hashOf(bundle)).toBe(hashOf([frame('t', 'app.js', 11), frame('n', 'app.js', 22), frame('r', 'app.js', 33)]));
  });

  it('where functions have no name', () => {
    const bare = [frame('?', 'app.js', 10)];
    expect(hashOf(bare, 'cart is empty')).not.toBe(hashOf(bare, 'no such user'));
    expect(hashOf(bare, 'order 17 is unknown')).toBe(
      hashOf([frame('<anonymous>', 'app.js', 99)], 'order 18 is unknown'),
    );
  });

  it('where a file is named in capitals', () => {
    expect(hashOf([frame('render', 'cart-Checkout.js', 1)])).not.toBe(hashOf([frame('render', 'cart-MyWidget.js', 1)]));
  });

  it('where another chunk failed', () => {
    expect(hashOf([frame('render', 'cart-3f2a9c1b.js', 1)])).not.toBe(hashOf([frame('render', 'user-3f2a9c1b.js', 1)]));
  });
});
