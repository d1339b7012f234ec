import { describe, expect, test } from 'vitest';
import type { EventException, Frame, NormalizedEvent } from '@/lib/ingest/event-schema';
import { eventOf, thrown } from '../grouping-fixtures';
import { groupEvent } from './group-event';

const hashOf = (fields: Partial<NormalizedEvent>) => groupEvent(eventOf(fields)).hashes[0];
const ofException = (...exceptions: EventException[]) => hashOf({ exceptions });
const nullPointer = (...lines: string[]) => ofException(thrown('NullPointerException', '', ...lines));

describe('what makes two errors one issue', () => {
  test('the same own code, whoever called it and wherever it has moved', () => {
    expect(nullPointer('shop.Cart.add:12', 'shop.Api.post:3')).toBe(nullPointer('shop.Cart.add:99', 'shop.Job.run:8'));
  });

  test('library frames on top do not matter', () => {
    expect(nullPointer('~java.util.Objects.requireNonNull', 'shop.Cart.add')).toBe(nullPointer('shop.Cart.add'));
  });

  test('where nothing is marked as own, the runtime and the test harness are passed over', () => {
    expect(nullPointer('~java.util.ArrayList.get:4', '~org.apache.x.Reader.read', '~junit.Runner.run')).toBe(
      nullPointer('~org.apache.x.Reader.read'),
    );
  });

  test('messages may differ where the code says enough', () => {
    expect(ofException(thrown('IOException', 'disk a is full', 'shop.Disk.write'))).toBe(
      ofException(thrown('IOException', 'no space left', 'shop.Disk.write')),
    );
  });

  test('a package before the type does not matter', () => {
    expect(ofException(thrown('java.io.IOException', '', 'shop.Disk.write'))).toBe(
      ofException(thrown('IOException', '', 'shop.Disk.write')),
    );
  });

  test.each([
    ['lambdas', 'shop.Cart.lambda$add$3', 'shop.Cart.lambda$add$17'],
    ['anonymous classes', 'shop.Cart$1.run', 'shop.Cart$2.run'],
    ['proxies', 'shop.Cart$$EnhancerBySpringCGLIB$$a1b2.add', 'shop.Cart$$EnhancerBySpringCGLIB$$ffff.add'],
    ['accessors', 'gen.GeneratedMethodAccessor12.invoke', 'gen.GeneratedMethodAccessor7.invoke'],
  ])('generated names: %s', (_, a, b) => {
    expect(nullPointer(a)).toBe(nullPointer(b));
  });

  test('endless recursion, whichever frame was on top', () => {
    const cycle = (...names: string[]) => Array.from({ length: 40 }, (_, i) => names[i % names.length]!);
    expect(ofException(thrown('StackOverflowError', '', ...cycle('shop.A.a', 'shop.B.b')))).toBe(
      ofException(thrown('StackOverflowError', '', ...cycle('shop.B.b', 'shop.A.a'), 'shop.Main.main')),
    );
  });

  test('tests of one class that fail alike share a second hash', () => {
    const failing = (method: string, test: string) =>
      groupEvent(
        eventOf({
          exceptions: [
            thrown('NullPointerException', '', `shop.Cart.${method}`, `shop.CartTest.${test}`, '~junit.Runner.run'),
          ],
        }),
      );
    const [a, b] = [failing('add', 'adds'), failing('remove', 'removes')];
    expect(a.hashes[0]).not.toBe(b.hashes[0]);
    expect(a.hashes[1]).toBe(b.hashes[1]);
    expect(groupEvent(eventOf({ exceptions: [thrown('E', '', 'shop.Cart.add')] })).hashes).toHaveLength(1);
  });
});

describe('what keeps two errors apart', () => {
  test('the type', () => {
    expect(ofException(thrown('A', '', 'shop.Cart.add'))).not.toBe(ofException(thrown('B', '', 'shop.Cart.add')));
  });

  test('the function at fault', () => {
    expect(nullPointer('shop.Cart.add')).not.toBe(nullPointer('shop.Cart.remove'));
  });

  test('the caller and the message, where the throwing frame only reports', () => {
    const report = (value: string, caller: string) =>
      ofException(thrown('StateException', value, 'lib.Preconditions.checkState', caller));
    expect(report('', 'shop.Cart.add')).not.toBe(report('', 'shop.Cart.remove'));
    expect(report('closed 1', 'shop.Cart.add')).toBe(report('closed 2', 'shop.Cart.add'));
    expect(report('closed', 'shop.Cart.add')).not.toBe(report('empty', 'shop.Cart.add'));
  });
});

describe('chains', () => {
  const cause = thrown('SQLException', 'no', 'shop.Db.query');
  const raised = thrown('ServiceException', 'failed', 'shop.Api.post');

  test('the raised exception and its first cause count, what lies between does not', () => {
    const between = thrown('DaoException', 'x', 'shop.Dao.find');
    expect(ofException(cause, between, raised)).toBe(ofException(cause, raised));
    expect(ofException(cause, raised)).not.toBe(ofException(raised));
  });

  test('a wrapper of the runtime gives way to the cause in own code', () => {
    const wrapper = thrown('ExecutionException', 'x', '~java.util.concurrent.FutureTask.get');
    expect(ofException(cause, wrapper)).toBe(ofException(cause));
  });

  test('the title is that of the raised exception', () => {
    expect(groupEvent(eventOf({ exceptions: [cause, raised] }))).toMatchObject({
      title: 'ServiceException: failed',
      type: 'ServiceException',
      culprit: 'shop.Api in post',
    });
  });
});

describe('exception groups', () => {
  const leaf = (id: number, type: string, place: string): EventException => ({
    ...thrown(type, '', place),
    mechanism: { exception_id: id, parent_id: 0 },
  });
  const root: EventException = {
    ...thrown('ExceptionGroup', '2 failed', 'shop.Api.post'),
    mechanism: { exception_id: 0, is_exception_group: true },
  };

  test('alike leaves name the issue', () => {
    const twice = groupEvent(eventOf({ exceptions: [leaf(2, 'A', 'shop.X.x'), leaf(1, 'A', 'shop.X.x'), root] }));
    expect(twice.title).toBe('A');
    expect(twice.hashes[0]).toBe(ofException(leaf(1, 'A', 'shop.X.x'), root));
  });

  test('different leaves keep the group, in whatever order they come', () => {
    const a = groupEvent(eventOf({ exceptions: [leaf(1, 'A', 'shop.X.x'), leaf(2, 'B', 'shop.Y.y'), root] }));
    const b = groupEvent(eventOf({ exceptions: [leaf(1, 'B', 'shop.Y.y'), leaf(2, 'A', 'shop.X.x'), root] }));
    expect(a.type).toBe('ExceptionGroup');
    expect(a.hashes).toEqual(b.hashes);
  });

  test('ids that make no tree are ignored', () => {
    const orphan = { ...leaf(1, 'A', 'shop.X.x'), mechanism: { exception_id: 1, parent_id: 7 } };
    expect(groupEvent(eventOf({ exceptions: [orphan, root] })).title).toBe('ExceptionGroup: 2 failed');
  });
});

describe('JavaScript', () => {
  const frame = (fields: Frame): Frame => ({ in_app: true, lineno: 1, ...fields });
  const js = (...frames: Frame[]) =>
    hashOf({ platform: 'javascript', exceptions: [{ type: 'TypeError', value: 'x is undefined', frames }] });

  test('digests in file names, hosts and versions of the query do not matter', () => {
    expect(js(frame({ filename: 'https://a.example/static/main.3f2a9c1b.js?v=1', function: 'Cart.render' }))).toBe(
      js(frame({ filename: 'https://b.example/static/main.77e0d1aa.js', function: 'Cart.render' })),
    );
  });

  test('async wrappers and receivers do not matter', () => {
    expect(js(frame({ filename: '/srv/app/cart.js', function: 'async Object.render' }))).toBe(
      js(frame({ filename: '/app/cart.js', function: 'render' })),
    );
  });

  test('a frame without a name is told by its source line', () => {
    const anonymous = (context_line: string) =>
      js(frame({ filename: '/app/cart.js', function: '<anonymous>', context_line }));
    expect(anonymous('  total( cart )')).toBe(anonymous('total( cart )'));
    expect(anonymous('total(cart)')).not.toBe(anonymous('remove(cart)'));
  });

  test('minified names bring in their callers and the message', () => {
    const minified = (name: string, value: string) =>
      hashOf({
        platform: 'javascript',
        exceptions: [{ type: 'TypeError', value, frames: [frame({ filename: 'a.js', function: name })] }],
      });
    expect(minified('t', 'x is undefined')).not.toBe(minified('t', 'y is null'));
    expect(minified('renderCart', 'x is undefined')).toBe(minified('renderCart', 'y is null'));
  });
});

describe('messages', () => {
  test('values do not matter, services and loggers do', () => {
    expect(hashOf({ message: 'job 5 failed after 12 s' })).toBe(hashOf({ message: 'job 9 failed after 3 s' }));
    expect(hashOf({ message: 'job 5 failed' })).not.toBe(hashOf({ message: 'job 5 failed', service: 'billing' }));
    expect(hashOf({ message: 'job 5 failed' })).not.toBe(hashOf({ message: 'job 5 failed', logger: 'cron' }));
  });

  test('the template of the sender is preferred to the text', () => {
    expect(hashOf({ message: 'no anna', template: 'no %s' })).toBe(hashOf({ message: 'no bert', template: 'no %s' }));
  });

  test('a type without a stack is told by its message', () => {
    const typed = (type: string, value: string) => ofException({ type, value });
    expect(typed('LogError', 'disk 1 full')).toBe(typed('LogError', 'disk 2 full'));
    expect(typed('LogError', 'disk 1 full')).not.toBe(typed('OSError', 'disk 1 full'));
    expect(typed('LogError', 'disk 1 full')).not.toBe(typed('LogError', 'disk 1 gone'));
  });

  test('a message with a stack is told by both', () => {
    const synthetic = (value: string, place: string): EventException => ({
      ...thrown('', value, place),
      mechanism: { synthetic: true },
    });
    const event = { message: 'cart is odd', exceptions: [synthetic('cart is odd', 'shop.Cart.check')] };
    expect(groupEvent(eventOf(event)).title).toBe('cart is odd');
  });

  test('an exception whose stack is that of a thread is told by type, place and message', () => {
    const reported = (type: string, value: string) =>
      groupEvent(
        eventOf({
          platform: 'native',
          exceptions: [{ type, value }],
          threads: [{ current: true, frames: [{ function: 'shop::pay', filename: 'main.rs', in_app: true }] }],
        }),
      );
    const { title, type, culprit, hashes } = reported('PaymentError', 'order 7 failed');
    expect({ title, type, culprit }).toEqual({
      title: 'PaymentError: order 7 failed',
      type: 'PaymentError',
      culprit: 'main.rs in shop::pay',
    });
    expect(reported('PaymentError', 'order 8 failed').hashes).toEqual(hashes);
    expect(reported('PaymentError', 'card declined').hashes).not.toEqual(hashes);
    expect(reported('StockError', 'order 7 failed').hashes).not.toEqual(hashes);
  });

  test('an event that says nothing still has a title and a hash', () => {
    const { title, hashes } = groupEvent(eventOf({}));
    expect(title).toBe('<unlabeled event>');
    expect(hashes[0]).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('the fingerprint of the client', () => {
  const exceptions = [thrown('E', 'x', 'shop.Cart.add')];
  const withPrint = (...fingerprint: string[]) =>
    groupEvent(eventOf({ exceptions, fingerprint, tags: [['tenant', 'a']] }));

  test('replaces the default', () => {
    expect(withPrint('payments').hashes).toEqual([hashOf({ message: 'other', fingerprint: ['payments'] })]);
  });

  test('keeps the default where it says so', () => {
    expect(withPrint('{{ default }}').hashes).toEqual([ofException(...exceptions)]);
    expect(withPrint('{{default}}', 'x').hashes).not.toEqual(withPrint('x').hashes);
    expect(withPrint('{{default}}', 'x').parts.at(-1)).toEqual({ kind: 'fingerprint', value: 'x' });
  });

  test('fills in variables', () => {
    expect(withPrint('{{ error.type }}-{{ tags.tenant }}', '{{ tags.none }}').parts).toEqual([
      { kind: 'fingerprint', value: 'E-a', raw: '{{ error.type }}-{{ tags.tenant }}' },
      { kind: 'fingerprint', value: '<no-tags.none>', raw: '{{ tags.none }}' },
    ]);
  });
});

test('the parts tell what was hashed and what stood there', () => {
  expect(groupEvent(eventOf({ exceptions: [thrown('NPE', '', 'shop.Cart.lambda$add$3:12')] })).parts).toEqual([
    { kind: 'type', value: 'NPE' },
    { kind: 'frame', value: 'shop.Cart add', raw: 'shop.Cart lambda$add$3:12' },
  ]);
});

describe("Go's plain errors", () => {
  const reported = (type: string, value: string) =>
    groupEvent(
      eventOf({ platform: 'go', exceptions: [thrown(type, value, 'shop/orders.handleRequest:41', 'shop.main:9')] }),
    ).hashes[0];

  test('are told apart by what they say: their stack is that of the handler', () => {
    expect(reported('*errors.errorString', 'disk is full')).not.toBe(reported('*errors.errorString', 'user not found'));
  });

  test('stay together where only a value differs', () => {
    expect(reported('*fmt.wrapError', 'order 17: disk is full')).toBe(
      reported('*fmt.wrapError', 'order 4711: disk is full'),
    );
  });

  test('types of the team’s own need no message', () => {
    expect(reported('*orders.QuotaError', 'five left')).toBe(reported('*orders.QuotaError', 'none left'));
  });
});
