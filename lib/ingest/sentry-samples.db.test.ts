import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  chained,
  KEY,
  lines,
  measured,
  newId,
  nodeRequest,
  pythonRequest,
  type RawRequest,
  ravenRequest,
  storeRequest,
} from './sentry-fixtures';
import { useTestCapture } from './test-capture';

const capture = useTestCapture();
const { send, stored, onlyEvent } = capture;
const AUTH = `Sentry sentry_key=${KEY}, sentry_version=7`;

// Requests that were recorded from the real clients, where they lie beside the checkout.
const SHARED = [process.env.ERRATA_SHARED, join(process.cwd(), '../shared')].find((path) => path && existsSync(path));
const SAMPLES = SHARED ? join(SHARED, 'data/sentry/samples') : '';
const EVENTS = SHARED ? join(SHARED, 'data/sentry/events') : '';

function readSample(name: string): RawRequest {
  const { url, rawHeaders } = JSON.parse(readFileSync(join(SAMPLES, `${name}.json`), 'utf8'));
  return { url, headers: rawHeaders, body: readFileSync(join(SAMPLES, `${name}.bin`)) };
}

const sampleNames =
  SAMPLES && existsSync(SAMPLES)
    ? readdirSync(SAMPLES).flatMap((file) => (/^(?!otlp).*\.bin$/.test(file) ? [file.slice(0, -4)] : []))
    : [];

/** Our own stand for the recorded ones where these are not at hand, so that the replay below always replays something. */
const requests = new Map<string, () => RawRequest>([
  ['own node', () => nodeRequest(lines({ event_id: newId() }, { type: 'event' }, chained('A', 'B', 'C')))],
  ['own python', () => pythonRequest(measured({ event_id: newId() }, [{ type: 'event' }, chained('A')]))],
  ['own raven', () => ravenRequest({ event_id: newId(), message: 'raven' })],
  ['own session', () => nodeRequest(lines({}, { type: 'session' }, { init: true, status: 'ok', attrs: {} }))],
  ...sampleNames.map((name): [string, () => RawRequest] => [name, () => readSample(name)]),
]);

describe('recorded requests', () => {
  it.each([...requests.keys()])('%s is stored once, and never fails when cut short', async (name) => {
    const request = requests.get(name)!();
    const [first, second] = [await send(request), await send(request)];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect((await stored()).length).toBeLessThanOrEqual(1);
    const { rows } = await capture.pool.query('SELECT count(*)::int AS n FROM issue');
    expect(rows[0].n).toBe((await stored()).length);
    const headers = request.headers.map((value, at) =>
      /^content-length$/i.test(request.headers[at - 1] ?? '') ? String(request.body.length - 1) : value,
    );
    const cut = await send({ ...request, headers, body: request.body.subarray(0, -1) });
    expect([200, 400]).toContain(cut.status);
  });

  interface Expected {
    type?: string;
    title?: string | RegExp;
    exceptions?: (string | undefined)[];
    event?: Record<string, unknown>;
  }

  /** What is known of each recorded request: null for those without an event. */
  const EXPECTED: Record<string, Expected | null> = {
    'node-exception-cause-01': null,
    'node7-basic-04': null,
    'node-transaction-01': null,
    'node-transaction_static-01': null,
    'node-logs-01': null,
    'node-metrics-01': null,
    'node-checkin-01': null,
    'node-feedback-01': null,
    'node-clientreport-01': null,
    'python-tx-01': null,
    'go-04': null,
    'node-exception-cause-02': {
      title: /^PaymentError: payment /,
      exceptions: ['TypeError', 'RangeError', 'PaymentError'],
      event: { level: 'fatal', fingerprint: ['{{ default }}', 'payments'], environment: 'staging' },
    },
    'node-big-01': {},
    'node-message-01': { title: 'Disk quota 91% used on /dev/sda1', type: '', event: { level: 'warning' } },
    'node-nonerror-01': { type: '' },
    'node-nonerror-02': { type: '' },
    'node-attachment-01': {},
    'node-aggregate-01': { title: /^AggregateError/ },
    'browser-direct-01': {},
    'browser-tunnel-01': {},
    'raven-store-01': { event: { platform: 'node' } },
    'python1-exc-01': { event: { platform: 'python' } },
    'go-01': { event: { platform: 'go' } },
  };

  it.each(Object.entries(EXPECTED).filter(([name]) => sampleNames.includes(name)))('%s', async (name, expected) => {
    const answer = await send(readSample(name));
    if (expected === null) {
      expect(answer.body).toEqual(name.includes('exception-cause') || name.includes('basic') ? {} : expect.anything());
      expect(await stored()).toEqual([]);
      return;
    }
    const { data, title, type } = await onlyEvent();
    expect(answer.body).toEqual({ id: data.id });
    if (expected.title) expect(title).toMatch(expected.title);
    if (expected.type !== undefined) expect(type).toBe(expected.type);
    if (expected.exceptions) expect(data.exceptions.map((exception) => exception.type)).toEqual(expected.exceptions);
    expect(data).toMatchObject(expected.event ?? {});
  });

  it.each(sampleNames.filter((name) => name === 'python-exc-06' || name.startsWith('python-exc')))(
    '%s keeps its stack and the order of its exceptions',
    async (name) => {
      await send(readSample(name));
      const { data, raw } = await onlyEvent();
      const sent =
        (raw.exception as { values?: { type: string; stacktrace?: { frames?: unknown[] } }[] })?.values ?? [];
      expect(data.exceptions.map(({ type }) => type)).toEqual(sent.map(({ type }) => type));
      expect(data.exceptions.map(({ frames = [] }) => frames.length)).toEqual(
        sent.map(({ stacktrace }) => stacktrace?.frames?.length ?? 0),
      );
    },
  );
});

const payloadNames =
  EVENTS && existsSync(join(EVENTS, 'INDEX.json'))
    ? (JSON.parse(readFileSync(join(EVENTS, 'INDEX.json'), 'utf8')) as { file: string; kind: string }[])
        .filter(({ kind }) => kind !== 'otlp-json')
        .map(({ file }) => file)
    : [];

it('takes every published payload, on its own and in an envelope', async () => {
  const refused: string[] = [];
  for (const file of payloadNames) {
    const body = readFileSync(join(EVENTS, file));
    const json = Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8'))));
    const answers = [
      await send(storeRequest(body, AUTH, ['Content-Type', 'application/json'])),
      await send(pythonRequest(measured({}, [{ type: 'event' }, json]))),
    ];
    for (const { status, text } of answers) if (status !== 200) refused.push(`${file}: ${status} ${text}`);
  }
  expect(refused).toEqual([]);
}, 120_000);
