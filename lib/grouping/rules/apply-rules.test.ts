import { describe, expect, test } from 'vitest';
import type { NormalizedEvent } from '@/lib/ingest/event-schema';
import { groupByPlan } from '..';
import { groupEvent } from '../v1/group-event';
import { applyRules, judgeEvent } from './apply-rules';
import { compileRules } from './compile-rules';
import { parseRules } from './rule-text';

const compiled = (text: string) => {
  const { rules, errors } = parseRules(text);
  expect(errors).toEqual([]);
  return compileRules(rules);
};

const event = (more: Partial<NormalizedEvent> = {}): NormalizedEvent => ({
  id: '1'.repeat(32),
  timestamp: '2026-11-20T10:00:00.000Z',
  received_at: '2026-11-20T10:00:00.000Z',
  protocol: 'errors',
  platform: 'python',
  level: 'error',
  service: 'shop',
  environment: 'production',
  release: '1.4.2',
  logger: 'shop.pay',
  transaction: 'POST /pay',
  message: 'card 4711 refused',
  exceptions: [
    {
      type: 'SocketError',
      value: 'reset by peer',
      frames: [{ filename: 'lib/net.py', function: 'read', in_app: false }],
    },
    {
      type: 'PaymentError',
      value: 'card 4711 refused',
      frames: [
        { filename: 'src/main.py', function: 'main', module: 'main', in_app: true },
        {
          filename: 'src\\pay\\card.py',
          abs_path: '/srv/app/src/pay/card.py',
          function: 'charge',
          module: 'pay.card',
          in_app: true,
        },
      ],
    },
  ],
  tags: [
    ['region', 'eu'],
    ['plan', 'gold'],
  ],
  trimmed: [],
  ...more,
});

const HASH = groupEvent(event()).hashes[0]!;

describe('a condition', () => {
  test.each([
    ['type:PaymentError', true],
    ['type:socketerror', true],
    ['type:Payment', false],
    ['type:Pay*', true],
    ['type:[Foo, Pay*]', true],
    ['!type:[Foo, Pay*]', false],
    ['value:"*refused"', true],
    ['message:"card * refused"', true],
    ['path:src/pay/*', true],
    ['path:pay/card.py', true],
    ['path:ay/card.py', false],
    ['path:/srv/*', true],
    ['module:pay.*', true],
    ['function:charge', true],
    ['app:false', true],
    ['function:charge path:src/main.py', false],
    ['function:charge path:src/pay/*', true],
    ['function:read app:true', false],
    ['!function:read', false],
    ['function:charge !function:other', true],
    ['service:sh?p', false],
    ['service:shop environment:prod*', true],
    ['release:1.4.*', true],
    ['!release:2.*', true],
    ['level:error', true],
    ['logger:shop.*', true],
    ['transaction:"POST *"', true],
    ['platform:python', true],
    ['tags.region:eu', true],
    ['tags.region:us', false],
    ['!tags.region:us', true],
    ['tags.none:*', false],
    ['!tags.none:*', true],
    [`hash:${HASH}`, true],
    [`hash:${'0'.repeat(32)}`, false],
  ])('%s is %s', (condition, expected) => {
    const outcome = judgeEvent(compiled(`${condition} -> x`), event(), [HASH]);
    expect(outcome.fingerprint !== undefined).toBe(expected);
  });
});

describe('the rules of a project', () => {
  const apply = (text: string, more?: Partial<NormalizedEvent>) =>
    applyRules(compiled(text), event(more), groupEvent(event(more)));

  test('give a fingerprint that is the same for all of its events, and that of a client that sends the same', () => {
    const one = apply('type:PaymentError -> pay-down').grouping;
    const other = apply('type:Other -> pay-down', { exceptions: [{ type: 'Other' }] }).grouping;
    expect(one.hashes).toEqual(other.hashes);
    expect(one.parts).toEqual([{ kind: 'fingerprint', value: 'pay-down' }]);
    expect(groupEvent(event({ fingerprint: ['pay-down'] })).hashes).toEqual(one.hashes);
    expect(one.hashes).not.toEqual(groupEvent(event()).hashes);
  });

  test('split what is one by default by a variable, and nothing else', () => {
    const hash = (region: string, more: Partial<NormalizedEvent> = {}) =>
      apply('tags.region:* -> {{ default }}, {{ tags.region }}', { tags: [['region', region]], ...more }).grouping
        .hashes[0];
    expect(hash('eu')).toBe(hash('eu'));
    expect(hash('eu')).not.toBe(hash('us'));
    expect(hash('eu')).not.toBe(hash('eu', { exceptions: [{ type: 'Other' }] }));
  });

  test('keep messages without a stack apart as templates are learnt', () => {
    const message = { exceptions: [], message: 'worker alpha lost its lease on the queue' };
    const plain = groupEvent(event(message));
    const ruled = apply('tags.region:* -> {{ default }}, {{ tags.region }}', message).grouping;
    const other = apply('tags.region:* -> {{ default }}, {{ tags.region }}', {
      ...message,
      tags: [['region', 'us']],
    }).grouping;
    expect(plain.mining).toBeDefined();
    expect(ruled.mining?.signature).toBe(plain.mining?.signature);
    expect(new Set([plain.mining?.scope, ruled.mining?.scope, other.mining?.scope]).size).toBe(3);
    expect(apply('tags.region:* -> fixed', message).grouping.mining).toBeUndefined();
  });

  test('set title and level, and say so', () => {
    const ruled = apply('type:PaymentError -> title="{{ type }} at {{ function }} ({{ tags.plan }})" level=warning');
    expect(ruled.grouping.title).toBe('PaymentError at charge (gold)');
    expect(ruled.grouping.hashes).toEqual(groupEvent(event()).hashes);
    expect(ruled.level).toBe('warning');
    expect(ruled.applied).toEqual([
      {
        rule: 'type:PaymentError -> title="{{ type }} at {{ function }} ({{ tags.plan }})" level=warning',
        sets: ['title', 'level'],
        level_before: 'error',
      },
    ]);
  });

  test('decide each thing by the first that fits, and end with one that drops', () => {
    const text = 'type:Pay* -> level=info\ntype:* -> a level=fatal\nservice:shop -> b title="t"';
    const ruled = apply(text);
    expect(ruled.level).toBe('info');
    expect(ruled.grouping.parts).toEqual([{ kind: 'fingerprint', value: 'a' }]);
    expect(ruled.grouping.title).toBe('t');
    expect(ruled.applied.map(({ sets }) => sets)).toEqual([['fingerprint'], ['title'], ['level']]);
    expect(apply(`${text}\nenvironment:production -> drop`).drop).toBe(true);
    expect(apply('environment:staging -> drop').drop).toBe(false);
  });

  test('leave an event that none fits as it is', () => {
    const ruled = apply('type:Nothing -> x');
    expect(ruled).toEqual({ grouping: groupEvent(event()), drop: false, applied: [] });
  });
});

test('during a transition both versions speak, each through the rules', () => {
  const other = (each: NormalizedEvent) => ({ ...groupEvent(each), version: 'v0', hashes: ['f'.repeat(32)] });
  const versions = { v1: groupEvent, v0: other };
  const rules = compiled('tags.region:* -> {{ default }}, {{ tags.region }}');
  const plain = groupByPlan({ version: 'v1', previous: 'v0', rules: null }, event(), versions).grouping;
  expect(plain).toMatchObject({ version: 'v1', hashes: [HASH], previous: { version: 'v0', hashes: ['f'.repeat(32)] } });
  const ruled = groupByPlan({ version: 'v1', previous: 'v0', rules }, event(), versions).grouping;
  expect(new Set([...ruled.hashes, ...ruled.previous!.hashes, HASH, 'f'.repeat(32)]).size).toBe(4);
  expect(groupByPlan({ version: 'v9', previous: null, rules: null }, event(), versions).grouping.version).toBe('v1');
});

test('ten rules cost little beside grouping itself, and hostile texts no more', () => {
  const text = Array.from({ length: 10 }, (_, i) => `type:Some${i}* function:handle_* path:src/${i}/* -> x${i}`).join(
    '\n',
  );
  const rules = compiled(`${text}\nmessage:"${'a*'.repeat(200)}" -> y`);
  const hostile = event({ message: 'a'.repeat(1_000_000) });
  const started = process.cpuUsage();
  for (let i = 0; i < 1000; i++) judgeEvent(rules, hostile, [HASH]);
  expect(process.cpuUsage(started).user / 1000 / 1000).toBeLessThan(1);
});
