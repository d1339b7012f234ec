import { describe, expect, it } from 'vitest';
import type { EventException } from '@/lib/ingest/event-schema';
import { eventOf, stack, thrown } from '../grouping-fixtures';
import { groupEvent } from './group-event';
import { messageSignature } from './message-signature';

// Where the place says little, the message has to say more.

const group = (exception: EventException, platform = 'java') =>
  groupEvent(eventOf({ platform, exceptions: [exception] }));
const share = (one: EventException, other: EventException): boolean => {
  const { hashes } = group(other);
  return group(one).hashes.some((hash) => hashes.includes(hash));
};

describe('who reports the faults of many classes', () => {
  const bean = (name: string) =>
    thrown(
      'NoSuchBeanException',
      `No bean of type '${name}' for field 'x17'`,
      'shop.Wiring.throwMissing',
      'shop.Wiring.wire',
    );

  it('names the class that is at fault', () => {
    expect(share(bean('com.acme.shop.Cart'), bean('com.acme.shop.Order'))).toBe(false);
    expect(share(bean('com.acme.shop.Cart'), bean('com.acme.shop.Cart'))).toBe(true);
  });

  it.each([
    ['addresses of objects', 'Cannot close com.acme.Pool@1a2b3c', 'Cannot close com.acme.Pool@99ffee'],
    ['hosts', 'Cannot reach a.db.example.com', 'Cannot reach b.db.example.com'],
    ['proxies', 'Cannot call com.acme.Pool$$Lambda$14/0x12', 'Cannot call com.acme.Pool$$Lambda$15/0x13'],
    ['files', 'Cannot read conf.d/Shop.Local.xml', 'Cannot read conf.d/Cart.Local.xml'],
  ])('but not %s', (_, one, other) => {
    const [a, b] = [one, other].map((text) => messageSignature(text, { classNames: true }).tokens);
    expect(a).toEqual(b);
  });

  it('leaves messages without a stack to the miner, names of classes and all', () => {
    expect(messageSignature('Cannot load com.acme.shop.Cart').tokens).toEqual(['Cannot', 'load', '<*>']);
  });
});

describe('a type of the team’s own', () => {
  const missing = (method: string, fields: Partial<EventException> = {}): EventException => ({
    type: 'UnknownKeyException',
    module: 'com.acme.store',
    value: `The key (${method.length}) is not known here`,
    frames: stack(`com.acme.store.Table.${method}`, 'shop.Api.post'),
    ...fields,
  });

  it('with the same words from the same class is one issue, whichever method said so', () => {
    expect(share(missing('get'), missing('remove'))).toBe(true);
  });

  it.each([
    ['a type of the runtime', { type: 'IllegalStateException', module: 'java.lang' }],
    ['a type that nobody knows the home of', { module: undefined }],
    ['too few words', { value: 'unknown 3' }],
  ])('is not with %s', (_, fields) => {
    expect(share(missing('get', fields), missing('remove', fields))).toBe(false);
  });

  it('is not in other words, or from another class', () => {
    expect(share(missing('get'), missing('remove', { value: 'The table was closed before' }))).toBe(false);
    const frames = stack('com.acme.store.Index.get');
    expect(share(missing('get'), missing('get', { frames }))).toBe(false);
  });
});

describe('plain errors of Go', () => {
  const plain = (type: string, value: string): EventException => ({
    type,
    value,
    frames: stack('main.handle', '~net/http.serve'),
  });

  it.each(['*errors.errorString', '*fmt.wrapError', '*errors.joinError', '*errors.withStack'])(
    '%s: the message is the title',
    (type) => {
      const { title, type: kept } = group(plain(type, 'charge card: declined'), 'go');
      expect(title).toBe('charge card: declined');
      expect(kept).toBe(type.slice(type.indexOf('.') + 1));
    },
  );

  it('keep their type where they say nothing, and so do types that say something', () => {
    expect(group(plain('*errors.errorString', ''), 'go').title).toBe('errorString');
    expect(group(plain('*net.OpError', 'dial tcp'), 'go').title).toBe('OpError: dial tcp');
  });
});
