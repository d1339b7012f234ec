import { describe, expect, it } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { getEvent } from '../issues/get-event.server';
import { listFeedback } from '../issues/list-feedback.server';
import { readAttachment } from './read-attachment.server';
import {
  chained,
  KEY,
  lines,
  measured,
  newId,
  nodeRequest,
  pythonRequest,
  ravenRequest,
  storeRequest,
} from './sentry-fixtures';
import { OTHER_KEY, useTestCapture } from './test-capture';

const capture = useTestCapture();
const { limits, send, stored, onlyEvent, discarded, reset } = capture;
const AUTH = `Sentry sentry_key=${KEY}, sentry_version=7`;

describe('items', () => {
  it('stores an event whole, under the id of its envelope', async () => {
    const id = newId();
    const answer = await send(
      nodeRequest(lines({ event_id: id }, { type: 'event' }, chained('RangeError', 'PaymentError'))),
    );
    expect(answer.body).toEqual({ id });
    const { data, title } = await onlyEvent();
    expect(data).toMatchObject({ id, protocol: 'sentry', level: 'fatal', environment: 'staging', service: 'checkout' });
    expect(data.exceptions.map(({ type }) => type)).toEqual(['RangeError', 'PaymentError']);
    expect(data.tags).toEqual(
      expect.arrayContaining([
        ['retry', '3'],
        ['beta', 'true'],
      ]),
    );
    expect(data.fingerprint).toEqual(['{{ default }}', 'payments']);
    expect(title).toBe('PaymentError: PaymentError happened');
  });

  it('stores the same envelope once', async () => {
    const body = lines({ event_id: newId() }, { type: 'event' }, chained('TypeError'));
    const [first, second] = [await send(nodeRequest(body)), await send(nodeRequest(body))];
    expect([first.status, second.status, first.text === second.text]).toEqual([200, 200, true]);
    expect(await stored()).toHaveLength(1);
  });

  it('stores the same envelope once although its client lives in another hour', async () => {
    const sent_at = new Date(Date.now() - 5 * 3_600_000).toISOString();
    const event = { ...chained('TypeError'), timestamp: Date.now() / 1000 - 5 * 3600 - 10 };
    const body = lines({ event_id: newId(), sent_at }, { type: 'event' }, event);
    await send(nodeRequest(body));
    await new Promise((go) => setTimeout(go, 20));
    await send(nodeRequest(body));
    const { data } = await onlyEvent();
    expect(Math.abs(Date.parse(data.timestamp) - Date.now() + 10_000)).toBeLessThan(5000);
  });

  it('counts sessions by release', async () => {
    const attrs = { release: 'shop@1', environment: 'staging' };
    const started = new Date().toISOString();
    const sent = [
      lines({}, { type: 'session' }, { sid: newId(), init: true, started, status: 'ok', errors: 0, attrs }),
      lines({}, { type: 'session' }, { sid: newId(), init: false, started, status: 'ok', errors: 1, attrs }),
      lines({}, { type: 'session' }, { sid: newId(), init: false, started, status: 'exited', errors: 1, attrs }),
      lines({}, { type: 'session' }, { sid: newId(), init: true, started, status: 'crashed', errors: 1, attrs }),
      lines({}, { type: 'sessions' }, { aggregates: [{ started, exited: 5, errored: 2 }], attrs }),
    ];
    for (const body of sent) expect((await send(nodeRequest(body))).body).toEqual({});
    const { rows } = await capture.pool.query('SELECT * FROM release_session');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      ...attrs,
      started: '9',
      exited: '5',
      errored: '3',
      crashed: '1',
      abnormal: '0',
    });
  });

  it('adds up what the SDK dropped', async () => {
    const report = (reason: string, quantity: unknown): Buffer =>
      lines({}, { type: 'client_report' }, { discarded_events: [{ reason, category: 'error', quantity }] });
    for (const body of [
      report('before_send', 2),
      report('before_send', 3),
      report('sample rate!', 1),
      report('x', -1),
    ]) {
      expect((await send(nodeRequest(body))).status).toBe(200);
    }
    expect(await discarded('sdk')).toEqual({ 'before_send:error': 5, 'other:error': 1 });
  });

  it('keeps feedback with its event, also when it comes first', async () => {
    const event = chained('TypeError');
    const contexts = {
      feedback: { name: 'Jo', contact_email: 'jo@shop.test', message: 'It broke', associated_event_id: event.event_id },
    };
    await send(nodeRequest(lines({ event_id: newId() }, { type: 'feedback' }, { event_id: newId(), contexts })));
    await send(nodeRequest(lines({}, { type: 'event' }, event)));
    await send(
      nodeRequest(lines({}, { type: 'user_report' }, { event_id: event.event_id, name: 'Al', comments: 'Same' })),
    );
    const { rows } = await capture.pool.query(
      `SELECT f.name, f.message, e.issue_number FROM user_feedback f
       JOIN event e ON e.project_id = f.project_id AND e.id = f.event_id ORDER BY f.received_at`,
    );
    expect(rows).toEqual([
      { name: 'Jo', message: 'It broke', issue_number: 1 },
      { name: 'Al', message: 'Same', issue_number: 1 },
    ]);
    expect(await stored()).toHaveLength(1);
    const { feedback } = await getEvent({ viewer: systemViewer(), eventId: String(event.event_id) });
    expect(feedback.map(({ message }) => message).sort()).toEqual(['It broke', 'Same']);
    const ofIssue = await listFeedback({ viewer: systemViewer(), issueId: 'SHOP-1', page: { limit: 1 } });
    expect(ofIssue.data.map(({ event_id, name }) => [event_id, name])).toEqual([[event.event_id, 'Al']]);
    const { next_cursor: cursor } = ofIssue;
    const rest = await listFeedback({ viewer: systemViewer(), issueId: 'SHOP-1', page: { limit: 9, cursor: cursor! } });
    expect(rest.data.map(({ name, email }) => [name, email])).toEqual([['Jo', 'jo@shop.test']]);
  });

  it('keeps no attachments where the project does not want any', async () => {
    await capture.pool.query(
      `UPDATE project SET settings = '{"attachments": {"enabled": false, "max_mb": 1}}' WHERE id = 43`,
    );
    const request = nodeRequest(
      measured({}, [{ type: 'event' }, chained('A')], [{ type: 'attachment' }, Buffer.of(1)]),
    );
    const url = request.url.replace('/42/', '/43/').replace(KEY, OTHER_KEY);
    expect((await send({ ...request, url })).status).toBe(200);
    expect((await capture.pool.query('SELECT 1 FROM event_attachment')).rows).toEqual([]);
    expect(await discarded('errata')).toEqual({ 'not_kept:attachment': 1 });
  });

  it('keeps attachments byte for byte, within their limit', async () => {
    const bytes = Buffer.from([0, 10, 255, 10, 13, 0, 123]);
    const id = newId();
    const body = measured(
      { event_id: id },
      [{ type: 'attachment', filename: 'C:\\logs\\app.bin' }, bytes],
      [{ type: 'event' }, chained('TypeError')],
      [{ type: 'attachment', filename: 'large.bin' }, Buffer.alloc(1001)],
    );
    for (const _ of [1, 2]) expect((await send(pythonRequest(body))).body).toEqual({ id });
    const { rows } = await capture.pool.query('SELECT filename, size, sha256, event_id FROM event_attachment');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ filename: 'app.bin', size: bytes.length });
    expect(await discarded('errata')).toEqual({ 'too_large:attachment': 2 });
    const { attachments } = await getEvent({ viewer: systemViewer(), eventId: id });
    expect(attachments).toMatchObject([{ filename: 'app.bin', size: bytes.length }]);
    const file = await readAttachment({ viewer: systemViewer(), eventId: id, attachmentId: attachments[0]!.id });
    expect(Buffer.from(file.bytes).equals(bytes)).toBe(true);
  });

  it('counts what it does not keep, and turns tracing off', async () => {
    const body = lines(
      {},
      { type: 'span', item_count: 3 },
      { items: [] },
      { type: 'log' },
      '{}',
      { type: 'brand_new' },
      '?',
    );
    const answer = await send(nodeRequest(body));
    expect([answer.status, answer.body]).toEqual([200, {}]);
    expect(answer.headers['x-sentry-rate-limits']).toBe('3600:transaction;span;profile;replay:project');
    expect(await discarded('errata')).toEqual({ 'not_kept:default': 1, 'not_kept:log_item': 1, 'not_kept:span': 3 });
    expect((await send(storeRequest(Buffer.from('{"type":"transaction","spans":[]}'), AUTH))).status).toBe(200);
    expect(await stored()).toEqual([]);
  });

  it('keeps what stands before a malformed item', async () => {
    const body = Buffer.concat([
      measured({}, [{ type: 'event' }, chained('TypeError')]),
      Buffer.from('\n{"type":\nrest'),
    ]);
    expect((await send(nodeRequest(body))).status).toBe(200);
    expect(await stored()).toHaveLength(1);
    expect(await discarded('errata')).toEqual({ 'malformed:default': 1 });
  });

  it('tells a client to hold back, and from what', async () => {
    limits.set('error', { seconds: 60, categories: ['error'], scope: 'key', reason: 'quota' });
    const event = nodeRequest(lines({}, { type: 'event' }, chained('TypeError')));
    const refused = await send(event);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '60']);
    expect(refused.headers['x-sentry-rate-limits']).toBe('60:error:key:quota');
    const mixed = await send(nodeRequest(lines({}, { type: 'event' }, chained('TypeError'), { type: 'session' }, {})));
    expect([mixed.status, mixed.headers['x-sentry-rate-limits']]).toEqual([200, '60:error:key:quota']);
    expect(await discarded('errata')).toEqual({ 'rate_limited:error': 2 });
    limits.clear();
    expect((await send(event)).status).toBe(200);
  });
});

describe('clients of other times and tongues', () => {
  it('reads raven', async () => {
    const culprit = 'pay at cart';
    const exception = [{ type: 'Error', value: 'old', stacktrace: { frames: [null, { function: '?', lineno: 'x' }] } }];
    expect((await send(ravenRequest({ culprit, 'sentry.interfaces.Exception': exception, level: 40 }))).status).toBe(
      200,
    );
    expect((await onlyEvent()).data).toMatchObject({
      level: 'error',
      transaction: culprit,
      exceptions: [{ type: 'Error' }],
    });
  });

  it('reads a flat list of exceptions and an envelope that calls itself JSON', async () => {
    const exception = [
      { type: '*errors.errorString', value: 'cause' },
      { type: '*fmt.wrapError', value: 'outer' },
    ];
    const request = storeRequest(Buffer.from(JSON.stringify({ platform: 'go', exception })), AUTH);
    expect((await send(request)).status).toBe(200);
    const envelope = lines({}, { type: 'transaction' }, { type: 'transaction' });
    const announced = {
      ...request,
      url: '/api/42/envelope/',
      body: envelope,
      headers: ['Host', 'x', 'X-Sentry-Auth', AUTH, 'Content-Type', 'application/json'],
    };
    expect((await send(announced)).status).toBe(200);
    const { data, title } = await onlyEvent();
    expect(data.exceptions.map(({ value }) => value)).toEqual(['cause', 'outer']);
    expect(title).toBe('outer');
  });

  it('names a message with a stack after the message', async () => {
    const exception = {
      values: [
        {
          value: 'Disk is full',
          mechanism: { synthetic: true },
          stacktrace: { frames: [{ function: 'main', filename: '/srv/a.js' }] },
        },
      ],
    };
    await send(nodeRequest(lines({}, { type: 'event' }, { platform: 'node', level: 'warning', exception })));
    const { title, type } = await onlyEvent();
    expect([title, type]).toEqual(['Disk is full', '']);
  });

  it('survives every shape of every field', async () => {
    const odd = [
      null,
      0,
      '',
      'text',
      [],
      {},
      [null],
      [[]],
      { values: null },
      { values: [null, 1] },
      [['a', 'b']],
      true,
    ];
    const fields =
      'timestamp level logger platform release environment message logentry exception threads stacktrace breadcrumbs tags extra contexts modules user request fingerprint sdk debug_meta checksum type';
    for (const field of fields.split(' ')) {
      for (const value of odd) {
        const answer = await send(storeRequest(Buffer.from(JSON.stringify({ message: 'odd', [field]: value })), AUTH));
        expect([field, value, answer.status]).toEqual([field, value, 200]);
      }
    }
  });

  it('turns a report of a browser about its policy into an event', async () => {
    const report = {
      'document-uri': 'https://shop.test/cart',
      'effective-directive': 'script-src-elem',
      'blocked-uri': 'https://evil.test/x.js',
    };
    const body = Buffer.from(JSON.stringify({ 'csp-report': report }));
    const answer = await send({ url: `/api/42/security/?sentry_key=${KEY}`, headers: ['Host', 'x'], body });
    expect(answer.status).toBe(200);
    expect((await onlyEvent()).title).toBe("Blocked 'script' from 'evil.test'");
  });

  it('fills in the address only where the client asks for it', async () => {
    const users: [unknown, unknown, unknown][] = [
      [{ id: 7, ip_address: '{{auto}}' }, undefined, { id: '7', ip_address: '127.0.0.1' }],
      [{ id: 7, ip_address: '{{auto}}' }, { settings: { infer_ip: 'never' } }, { id: '7' }],
      [undefined, { settings: { infer_ip: 'auto' } }, { ip_address: '127.0.0.1' }],
      [undefined, undefined, undefined],
    ];
    for (const [user, sdk, expected] of users) {
      await reset();
      await send(nodeRequest(lines({}, { type: 'event' }, { message: 'who', user, sdk } as Record<string, unknown>)));
      expect((await onlyEvent()).data.user).toEqual(expected);
    }
  });
});
