import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { normalizeEvent } from '../ingest/normalize-event';
import { readSentryEvent } from '../ingest/protocols/sentry-event';
import { groupEvent } from './index';

// Whatever a hash is: equal errors have equal ones, others have others. Public payloads are taken where they are at hand.

const SHARED = process.env.ERRATA_SHARED ?? join(import.meta.dirname, '../../../shared');
const VECTORS = join(SHARED, 'data/sentry/samples/grouping-vectors.json');
const EVENTS = join(SHARED, 'data/sentry/events/bugsink-event-samples/sentry');

type Payload = Record<string, unknown>;

const own: [string, Payload][] = [
  [
    'a style that does not load',
    {
      platform: 'javascript',
      exception: { values: [{ type: 'Error', value: 'Loading style 3 failed.\n(timeout: https://a.test/3.js)' }] },
    },
  ],
  [
    'a refused payment',
    {
      platform: 'python',
      exception: {
        values: [
          {
            type: 'PaymentError',
            value: 'card declined',
            stacktrace: { frames: [{ module: 'shop.pay', function: 'charge', lineno: 7, in_app: true }] },
          },
        ],
      },
    },
  ],
  [
    'another function',
    {
      platform: 'python',
      exception: {
        values: [
          {
            type: 'PaymentError',
            value: 'card declined',
            stacktrace: { frames: [{ module: 'shop.pay', function: 'refund', lineno: 9, in_app: true }] },
          },
        ],
      },
    },
  ],
  ['a message', { platform: 'go', message: 'queue is full' }],
]; // prettier-ignore

const inputs: string[] = existsSync(VECTORS)
  ? (JSON.parse(readFileSync(VECTORS, 'utf8')) as { vectors: { input: string }[] }).vectors.map(
      ({ input }) => input.split(' ')[0]!,
    )
  : [];
const files = existsSync(EVENTS) ? readdirSync(EVENTS) : [];
const cases: [string, Payload][] = [
  ...own,
  ...inputs
    .map((input) => `${input}.json`)
    .filter((name) => files.includes(name))
    .map((name): [string, Payload] => [name, JSON.parse(readFileSync(join(EVENTS, name), 'utf8'))]),
];

const receivedAt = new Date('2026-11-20T12:00:00Z');
function hashesOf(payload: Payload): string[] {
  const { draft } = readSentryEvent(structuredClone(payload), { slug: 'shop', address: undefined, receivedAt });
  return groupEvent(normalizeEvent(draft, { receivedAt, fallbackId: 'f'.repeat(32) }).event).hashes;
}

/** The same error at another time, on another machine, of another build, to another person. */
const again = (payload: Payload): Payload => ({
  ...payload,
  event_id: '0123456789abcdef0123456789abcdef',
  timestamp: '2026-11-19T07:00:00Z',
  server_name: 'web-17',
  release: 'shop@9.9.9',
  environment: 'staging',
  user: { id: 4711 },
  breadcrumbs: { values: [{ message: 'clicked' }] },
  extra: { attempt: 3 },
});

describe.each(cases)('%s', (name, payload) => {
  it('has the hashes it has whenever, wherever and to whomever it happens', () => {
    expect(hashesOf(again(payload))).toEqual(hashesOf(payload));
    for (const hash of hashesOf(payload)) expect(hash).toMatch(/^[0-9a-f]{32}$/);
  });

  it('shares none with any other', () => {
    const mine = hashesOf(payload);
    for (const [other, its] of cases.filter(([label]) => label !== name)) {
      expect(
        hashesOf(its).filter((hash) => mine.includes(hash)),
        other,
      ).toEqual([]);
    }
  });
});

it('is the same for what varies in the message of one error', () => {
  const [[, payload]] = own as [[string, Payload]];
  const other = JSON.parse(JSON.stringify(payload).replace('style 3', 'style 17').replace('/3.js', '/17.js'));
  expect(hashesOf(other)).toEqual(hashesOf(payload));
});
