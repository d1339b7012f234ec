import { expect, test } from './fixtures/test';

// Bad input at the front door: a clear 4xx that names the field, or a trimmed event that says so; never a 500.

const good = { service: 'orders', context: 'checkout', error_type: 'Error', error_message: 'boom', severity: 'high' };

const refused: [string, unknown, number, RegExp][] = [
  ['malformed JSON', '{"service": "orders",', 400, /JSON/],
  ['nothing at all', '', 400, /./],
  ['a list', [good], 422, /object/],
  ['a missing field', { ...good, service: undefined }, 422, /service/],
  ['a wrong type', { ...good, error_message: { text: 'boom' } }, 422, /error_message/],
  ['an unknown severity', { ...good, severity: 'awful' }, 422, /severity/],
];

test('what cannot be understood is refused by name', async ({ request, createProject }) => {
  const { key } = await createProject('Bad input');
  for (const [name, data, status, detail] of refused) {
    const body = typeof data === 'string' ? data : JSON.stringify(data);
    const answer = await request.post('/errors', {
      headers: { 'x-errata-key': key, 'content-type': 'application/json' },
      data: Buffer.from(body),
    });
    expect(answer.status(), name).toBe(status);
    expect(answer.headers()['content-type'], name).toContain('application/problem+json');
    expect(JSON.stringify(await answer.json()), name).toMatch(detail);
  }
});

const invalidUtf8 = Buffer.from(JSON.stringify({ ...good, error_message: 'bo??om' }));
invalidUtf8.fill(0xff, invalidUtf8.indexOf('??'), invalidUtf8.indexOf('??') + 2);

const odd: [string, Record<string, unknown> | Buffer, RegExp][] = [
  ['two megabytes of message', { ...good, error_message: 'x'.repeat(2 * 1024 * 1024) }, /error_message: cut/],
  [
    'ten thousand frames',
    {
      ...good,
      stack_trace: `Error: boom\n${Array.from({ length: 10_000 }, (_, i) => `    at f${i} (/srv/a.js:${i + 1}:1)`).join('\n')}`,
    },
    /frames/,
  ],
  ['a NUL byte', { ...good, error_message: 'bo\u0000om' }, /NUL/],
  ['invalid UTF-8', invalidUtf8, /UTF-8/],
  ['a date to come', { ...good, timestamp: '2199-01-01T00:00:00Z' }, /timestamp/],
  ['an unknown key', { ...good, shoe_size: 43 }, /"shoe_size":43/],
];

test('what is too large, broken or odd is kept, and says what was done to it', async ({
  request,
  createProject,
  adminToken,
}) => {
  const { key } = await createProject('Odd input');
  for (const [name, data, note] of odd) {
    const body = Buffer.isBuffer(data) ? data : Buffer.from(JSON.stringify(data));
    const answer = await request.post('/errors', {
      headers: { 'x-errata-key': key, 'content-type': 'application/json' },
      data: body,
    });
    expect(answer.status(), `${name}: ${await answer.text()}`).toBe(201);
    const { id } = await answer.json();
    const headers = { authorization: `Bearer ${adminToken}` };
    const event = await (await request.get(`/api/v1/events/${id}`, { headers })).json();
    expect(JSON.stringify(event), name).toMatch(note);
  }
});

test('one bad report never sinks its batch', async ({ request, createProject }) => {
  const { key } = await createProject('Mixed batch');
  const answer = await request.post('/errors/batch', {
    headers: { authorization: `Bearer ${key}` },
    data: { errors: [good, { service: 'orders' }, 'text', { ...good, error_message: 'other' }] },
  });
  expect(answer.status()).toBe(200);
  const body = await answer.json();
  expect(body).toMatchObject({ accepted: 2, rejected: 2 });
  expect(
    body.results.map((result: { index: number; error?: unknown }) => [result.index, Boolean(result.error)]),
  ).toEqual([
    [0, false],
    [1, true],
    [2, true],
    [3, false],
  ]);
});

test('a key is needed, and an unknown one is refused', async ({ request }) => {
  expect((await request.post('/errors', { data: good })).status()).toBe(401);
  expect((await request.post('/errors', { data: good, headers: { 'x-errata-key': '0'.repeat(32) } })).status()).toBe(
    403,
  );
});
