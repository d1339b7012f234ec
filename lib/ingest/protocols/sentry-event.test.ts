import { describe, expect, it } from 'vitest';
import { FILTERED } from '../scrub';
import { readSentryEvent, type SentryContext } from './sentry-event';
import { parseLenientJson } from './sentry-json';
import { interpolate } from './sentry-message';

const receivedAt = new Date('2026-11-21T12:00:00Z');
const read = (payload: Record<string, unknown>, context: Partial<SentryContext> = {}) =>
  readSentryEvent(payload, { slug: 'shop', address: '10.0.0.9', receivedAt, ...context }).draft;

describe('a Sentry event', () => {
  it.each([
    [undefined, 'error'],
    ['log', 'info'],
    ['critical', 'fatal'],
    ['WARNING', 'warning'],
    [10, 'debug'],
    [50, 'fatal'],
    ['30', 'warning'],
    ['huge', 'error'],
    [{}, 'error'],
    [{ toString: 'x' }, 'error'],
  ])('of level %j is an event of level %s', (level, expected) => {
    expect(read({ level }).level).toBe(expected);
  });

  it.each([
    [{ ip_address: '{{auto}}' }, { env: { REMOTE_ADDR: '203.0.113.9' } }, '203.0.113.9'],
    [{ ip_address: '{{auto}}' }, { env: [['REMOTE_ADDR', '2001:db8::1']] }, '2001:db8::1'],
    [{ ip_address: '{{auto}}' }, { env: { REMOTE_ADDR: '{{auto}}' } }, '10.0.0.9'],
    [{ ip_address: '{{auto}}' }, { env: { REMOTE_ADDR: 'gateway' } }, '10.0.0.9'],
    [{ ip_address: '{{auto}}' }, undefined, '10.0.0.9'],
    [{ ip_address: '192.0.2.1' }, { env: { REMOTE_ADDR: '203.0.113.9' } }, '192.0.2.1'],
    [{ id: '7' }, { env: { REMOTE_ADDR: '203.0.113.9' } }, undefined],
  ])('of the person %j with the request %j comes from %s', (user, request, expected) => {
    expect(read({ user, request }).user?.ip_address).toBe(expected);
  });

  it('is not called trimmed for what its SDK remarks on its own cuts', () => {
    let remarks: Record<string, unknown> = { '': { len: 5 } };
    for (let depth = 0; depth < 20; depth++) remarks = { [`level${depth}`]: remarks };
    expect(read({ message: 'plain', _meta: remarks }).trimmed).toEqual([]);
  });

  it.each([
    ['2026-08-24T12:00:00Z', undefined, '2026-08-24T12:00:00.000Z'],
    ['2026-08-22T12:00:00Z', undefined, undefined],
    ['1970-01-02T00:00:00Z', undefined, undefined],
    ['2026-11-21T06:59:00Z', '2026-11-21T07:00:00Z', '2026-11-21T11:59:00.000Z'],
    ['2026-11-21T11:29:00Z', '2026-11-21T11:30:00Z', '2026-11-21T11:29:00.000Z'],
    ['2031-01-01T00:00:00Z', '2031-01-01T00:00:10Z', '2026-11-21T11:59:50.000Z'],
  ])('of %s, sent at %s, happened at %s', (timestamp, sentAt, expected) => {
    expect(read({ timestamp }, { sentAt }).timestamp).toBe(expected);
  });

  it('takes its service from its tag, its app, or its project', () => {
    const contexts = { app: { app_name: 'cart' } };
    expect(read({ tags: { service: 'pay' }, contexts }).service).toBe('pay');
    expect(read({ tags: [['service', 'pay']] }).service).toBe('pay');
    expect(read({ tags: [{ key: 'service', value: 'pay' }] }).service).toBe('pay');
    expect(read({ tags: null, contexts }).service).toBe('cart');
    expect(read({}).service).toBe('shop');
  });

  it.each([
    ['plain', undefined, { message: 'plain' }],
    [{ message: 'a %s c', params: ['b'] }, undefined, { message: 'a b c', template: 'a %s c' }],
    [{ message: 'a {x}', params: { x: 1 } }, undefined, { message: 'a 1', template: 'a {x}' }],
    [{ message: 'a %s', formatted: 'a z' }, undefined, { message: 'a z', template: 'a %s' }],
    [undefined, { message: 'same', formatted: 'same' }, { message: 'same' }],
    [{ message: ' ' }, 'fallback', { message: 'fallback' }],
    ['', null, { message: undefined }],
  ])('logentry %j and message %j', (logentry, message, expected) => {
    const { message: text, template } = read({ logentry, message });
    expect({ message: text, template }).toEqual({ template: undefined, ...expected });
  });

  it.each([
    [
      'a chain',
      { values: [{ type: 'A', value: 1 }, null, { type: 'B', value: { code: 2 } }] },
      ['A: 1', 'B: {"code":2}'],
    ],
    ['a flat list', [{ type: 'A' }], ['A: ']],
    ['a single object', { type: 'A', value: 'x' }, ['A: x']],
    ['a text', 'it broke', [': it broke']],
    ['nothing', { values: [{}, null, 7] }, []],
  ])('has its exceptions from %s', (_, exception, expected) => {
    expect(read({ exception }).exceptions.map(({ type = '', value = '' }) => `${type}: ${value}`)).toEqual(expected);
  });

  it('gives a stack on its own to the only exception, or makes it a thread', () => {
    const stacktrace = { frames: [{ function: 'main', lineno: '7' }] };
    expect(read({ exception: [{ type: 'A' }], stacktrace }).exceptions[0]?.frames).toMatchObject([{ lineno: 7 }]);
    expect(read({ message: 'x', stacktrace }).threads).toMatchObject([
      { current: true, frames: [{ function: 'main' }] },
    ]);
  });

  it('believes the SDK about own code, and decides where it says nothing', () => {
    const frames = [
      { filename: '/app/node_modules/x.js', function: 'a' },
      { filename: '/app/b.js', function: 'b' },
      { filename: '/app/c.js', function: 'c', in_app: false },
    ];
    const [exception] = read({ platform: 'node', exception: [{ type: 'A', stacktrace: { frames } }] }).exceptions;
    expect(exception?.frames?.map(({ in_app }) => in_app)).toEqual([false, true, false]);
  });

  it("does not take the frames of Rust's unwinding and of its SDK for own code", () => {
    const library = '/rustc/59807616/library/core/src/slice/index.rs';
    const frames = [
      { function: '<unknown>', in_app: true },
      { function: 'main', in_app: true },
      { function: 'shop::main', filename: 'main.rs', abs_path: '/srv/shop/src/main.rs', in_app: true },
      { function: 'crash', filename: 'main.rs', abs_path: '/srv/shop/src/main.rs', in_app: true },
      { function: '<shop::Cart as core::fmt::Display>::fmt', in_app: true },
      { function: 'vendored::checked', in_app: false },
      { function: '<usize as core::slice::index::SliceIndex<[T]>>::index', in_app: true },
      { function: 'index<i32, usize>', filename: 'index.rs', abs_path: library, in_app: true },
      { function: '<E as anyhow::context::ext::StdError>::ext_context', in_app: true },
      { function: '__rustc::rust_begin_unwind', in_app: true },
      { function: 'at /rustc/59807616/library/std/src/panicking.rs:544:19', in_app: true },
      { function: 'sentry_panic::PanicIntegration::event_from_panic_info', in_app: true },
    ];
    const exception = { type: 'panic', value: 'index out of bounds', stacktrace: { frames } };
    const own = (sdk: Record<string, unknown>) =>
      read({ platform: 'native', sdk, exception })
        .exceptions[0]?.frames?.filter(({ in_app }) => in_app)
        .map(({ function: name }) => name);
    expect(own({ name: 'sentry.rust' })).toEqual(['shop::main', 'crash', '<shop::Cart as core::fmt::Display>::fmt']);
    expect(own({ name: 'sentry.native' })).toHaveLength(frames.length - 1);
  });

  it('takes the id of the envelope, and old names for fields', () => {
    const draft = read(
      { event_id: 'a'.repeat(32), culprit: 'cart', 'sentry.interfaces.User': { id: 5 }, custom: [1] },
      { eventId: 'b'.repeat(32) },
    );
    expect(draft).toMatchObject({ id: 'b'.repeat(32), transaction: 'cart', user: { id: '5' }, other: { custom: [1] } });
  });

  it('keeps two-part fingerprints that look like a secret and its name', () => {
    expect(read({ fingerprint: ['auth-error', 'tenant'] }).fingerprint).toEqual(['auth-error', 'tenant']);
    expect(read({ fingerprint: 'one' }).fingerprint).toEqual(['one']);
    expect(read({ fingerprint: [1, null, '{{ default }}'] }).fingerprint).toEqual(['1', '{{ default }}']);
    expect(read({ checksum: 'c'.repeat(32) }).fingerprint).toEqual(['c'.repeat(32)]);
  });

  it('makes objects of headers in every shape, without their secrets', () => {
    for (const headers of [
      { Accept: ['a', 'b'], Authorization: ['Basic x'] },
      [
        ['Accept', 'a'],
        ['Accept', 'b'],
        ['Authorization', 'Basic x'],
      ],
    ]) {
      expect(read({ request: { headers } }).request?.headers).toEqual({ Accept: 'a, b', Authorization: FILTERED });
    }
    const request = read({ request: { url: 'https://shop.test/pay?token=abc&a=1' } }).request;
    expect(request).toEqual({ url: 'https://shop.test/pay', query_string: `token=${FILTERED}&a=1` });
  });

  it('joins headers that come twice, even when one is an object without a text', () => {
    const headers = [
      ['Via', 'a'],
      ['Via', { toString: 1 }],
    ]; // prettier-ignore
    expect(read({ request: { headers } }).request?.headers).toEqual({ Via: 'a, {"toString":1}' });
  });

  it('scrubs what was sent wherever it stands', () => {
    const { draft, raw } = readSentryEvent(
      { request: { data: { password: 'hunter2' } }, extra: { body: '{"token":"abcdef"}' } },
      { slug: 'shop', address: undefined, receivedAt },
    );
    expect(JSON.stringify([draft, raw])).not.toMatch(/hunter2|abcdef/);
  });

  it.each([
    ['in seconds', 1795260000.5, undefined, '2026-11-21T11:20:00.500Z'],
    ['in text without a zone', '2026-11-21T11:20:00.123456', undefined, '2026-11-21T11:20:00.123Z'],
    ['of a clock five hours slow', '2026-11-21T06:59:00Z', '2026-11-21T07:00:00Z', '2026-11-21T11:59:00.000Z'],
    ['of a clock a little slow', '2026-11-21T11:20:00Z', '2026-11-21T11:30:00Z', '2026-11-21T11:20:00.000Z'],
    ['of another year', '2017-11-21T06:59:00Z', undefined, undefined],
    ['that is none', 'soon', undefined, undefined],
  ])('happened at a time %s', (_, timestamp, sentAt, expected) => {
    const draft = read({ timestamp }, { sentAt });
    expect(draft.timestamp).toBe(expected);
    expect(draft.timeCorrected).toBe(sentAt === '2026-11-21T07:00:00Z');
  });
});

it.each([
  ['%s and %s', ['a', 2], 'a and 2'],
  ['%(name)s is %d%%', { name: 'disk', d: 1 }, 'disk is %d%'],
  ['{} {1} {name}', ['a', 'b'], 'a b {name}'],
  ['100% of {x}', undefined, '100% of {x}'],
  ['%s', null, '%s'],
])('fills %j with %j', (template, params, expected) => {
  expect(interpolate(template, params)).toBe(expected);
});

it.each([
  ['{"a":NaN,"b":[-Infinity,Infinity]}', { a: null, b: [0, 0] }],
  ['{"a":"NaN \\" NaN","b":NaN}', { a: 'NaN " NaN', b: null }],
  ['\ufeff{"a":1}', { a: 1 }],
  ['{"a":', undefined],
  ['', undefined],
])('reads %j', (text, expected) => {
  expect(parseLenientJson(text)).toEqual(expected);
});
