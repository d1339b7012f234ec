import { code, sample } from './entry';

/** The order service: Node, PostgreSQL, a queue. */
export const ordersEntries = [
  sample('orders-pool', {
    title: 'Order requests time out waiting for a database connection',
    category: 'Database',
    severity: 'critical',
    component: 'orders',
    tags: ['postgres', 'pool', 'load'],
    first_seen: '2026-01-19',
    symptoms: `${code('text', 'Error: timeout exceeded when trying to connect')}\n\nResponse times climb to the five-second limit while the database itself is idle.`,
    detection: 'Grafana: pool waiters above zero for more than a minute while active connections sit at the maximum.',
    diagnosis: `Find out who holds the connections.\n\n${code('sql', "SELECT pid, state, now() - xact_start AS open_for, left(query, 80)\nFROM pg_stat_activity\nWHERE application_name = 'orders'\nORDER BY xact_start NULLS LAST;")}`,
    root_cause:
      'The label export opened a transaction, then called the carrier’s API inside it. A slow carrier kept ten connections idle in transaction.',
    solutions: [
      {
        title: 'Never wait for the network inside a transaction',
        steps: `Read what is needed, commit, call the carrier, then write the result in a second transaction.\n\n${code('ts', 'const parcel = await db.parcels.forLabel(id);\nconst label = await carrier.createLabel(parcel);\nawait db.transaction((tx) => tx.labels.insert(id, label));')}`,
      },
      {
        title: 'Stop the bleeding',
        steps: code(
          'sql',
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity\nWHERE application_name = 'orders' AND state = 'idle in transaction' AND xact_start < now() - interval '1 minute';",
        ),
      },
    ],
    prevention: [
      '`idle_in_transaction_session_timeout = 15s` for the service role',
      'Review checklist asks for calls inside transactions',
      { text: 'Dashboard panel for pool waiters', done: false },
    ],
    impact: 'Checkout was down for 40 minutes in the worst case.',
    resolution_minutes: 40,
    validation: 'Load test with a carrier that answers after 8 s: no waiter in 30 minutes.',
    related_files: ['src/labels/export.ts', 'src/db/pool.ts'],
    signatures: [{ kind: 'message', value: 'timeout exceeded when trying to connect' }],
  }),
  sample('orders-deadlock', {
    title: 'Deadlock when two couriers claim the same route',
    category: 'Database',
    severity: 'high',
    component: 'orders',
    tags: ['postgres', 'locking'],
    first_seen: '2026-03-05',
    symptoms: code('text', 'error: deadlock detected\n  code: 40P01'),
    root_cause:
      'Stops were locked in the order of the request body, so two requests could each hold what the other waits for.',
    solutions: [
      {
        title: 'Lock in one order',
        steps: code('sql', 'SELECT id FROM stop WHERE id = ANY($1) ORDER BY id FOR UPDATE;'),
      },
      { title: 'Retry once', steps: 'A deadlock is safe to retry: the transaction was rolled back whole.' },
    ],
    prevention: ['Helper `lockStops()` is the only way to lock stops', 'Test with two clients and opposite order'],
    resolution_minutes: 90,
    signatures: [
      { kind: 'code', value: '40P01' },
      { kind: 'message', value: 'deadlock detected' },
    ],
  }),
  sample('orders-heap', {
    title: 'Worker dies with JavaScript heap out of memory on big manifests',
    category: 'Performance',
    severity: 'high',
    component: 'orders',
    tags: ['memory', 'node'],
    symptoms: code('text', 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'),
    root_cause: 'A manifest was parsed whole. The largest customer sends 180 MB once a month.',
    solutions: [
      {
        title: 'Read the manifest as a stream',
        steps: code(
          'ts',
          "for await (const row of parse({ columns: true, from: request })) {\n  await queue.add('parcel', row);\n}",
        ),
      },
      { title: 'Until then', steps: code('bash', 'NODE_OPTIONS=--max-old-space-size=3072') },
    ],
    prevention: ['Upload limit of 250 MB at the proxy', { text: 'Memory alert at 80 % of the limit', done: true }],
    resolution_minutes: 180,
    signatures: [{ kind: 'message', value: 'JavaScript heap out of memory' }],
  }),
  sample('orders-econnreset', {
    title: 'Carrier API resets idle connections',
    category: 'Network',
    severity: 'medium',
    component: 'orders',
    tags: ['http', 'keep-alive', 'carrier'],
    symptoms: code(
      'text',
      'Error: read ECONNRESET\n    at TLSWrap.onStreamRead (node:internal/stream_base_commons:216:20)',
    ),
    root_cause:
      'Our agent keeps sockets open for 60 s, the carrier closes them after 30 s. Whoever picks such a socket loses the request.',
    solutions: [
      {
        title: 'Close first',
        steps: code('ts', 'const agent = new Agent({ keepAliveTimeout: 20_000, keepAliveMaxTimeout: 25_000 });'),
      },
      { title: 'Retry what is safe', steps: 'Requests with an idempotency key may be sent again once.' },
    ],
    prevention: ['Time-outs of every upstream stand in one table in the README'],
    resolution_minutes: 55,
    signatures: [{ kind: 'code', value: 'ECONNRESET' }],
  }),
  sample('orders-jwt', {
    title: 'Sessions end early: token used before it is valid',
    category: 'Security',
    severity: 'medium',
    component: 'orders',
    tags: ['auth', 'clock'],
    symptoms: code('text', 'NotBeforeError: jwt not active'),
    root_cause: 'The clock of one node ran eight seconds behind after its time service had stopped.',
    solutions: [
      {
        title: 'Bring the clock back and allow some skew',
        steps: `${code('bash', 'sudo systemctl restart chrony && chronyc tracking')}\n\n${code('ts', 'verify(token, key, { clockTolerance: 30 });')}`,
      },
    ],
    prevention: ['Alert on clock offset above one second'],
    resolution_minutes: 20,
    signatures: [{ kind: 'type', value: 'NotBeforeError' }],
  }),
  sample('orders-migration-lock', {
    title: 'Deploy hangs while a migration waits for a lock',
    category: 'Database',
    severity: 'high',
    component: 'orders',
    tags: ['postgres', 'deploy', 'migration'],
    symptoms: code('text', 'error: canceling statement due to lock timeout'),
    root_cause:
      'Adding a column with a check needs a lock on the whole table; a report had been reading it for twenty minutes.',
    solutions: [
      {
        title: 'Give up quickly and try again',
        steps: code('sql', "SET lock_timeout = '3s';\nALTER TABLE parcel ADD COLUMN weight_g integer;"),
      },
      {
        title: 'Split the check off',
        steps: code(
          'sql',
          'ALTER TABLE parcel ADD CONSTRAINT weight_positive CHECK (weight_g > 0) NOT VALID;\nALTER TABLE parcel VALIDATE CONSTRAINT weight_positive;',
        ),
      },
    ],
    prevention: [
      'Migrations run with a lock time-out by default',
      { text: 'Reports read from the replica', done: false },
    ],
    resolution_minutes: 30,
    signatures: [{ kind: 'message', value: 'canceling statement due to lock timeout' }],
  }),
  sample('orders-webhook-signature', {
    title: 'Payment webhooks refused after the secret was rotated',
    category: 'Configuration',
    severity: 'high',
    component: 'orders',
    tags: ['payments', 'secrets'],
    symptoms: code('text', 'WebhookSignatureError: No signatures found matching the expected signature for payload'),
    root_cause:
      'The body parser had already turned the body into an object; re-serialising it changes the bytes that were signed. It went unnoticed until the rotation made every event fail.',
    solutions: [
      {
        title: 'Verify the raw bytes',
        steps: code(
          'ts',
          "app.post('/webhooks/payments', raw({ type: '*/*' }), (request, response) => {\n  const event = payments.verify(request.body, request.headers['x-signature'], secrets);\n  response.sendStatus(200);\n});",
        ),
      },
      {
        title: 'Accept both secrets for a day',
        steps: 'Rotate by adding the new secret first and removing the old one after 24 hours.',
      },
    ],
    prevention: ['Rotation drill each quarter'],
    resolution_minutes: 65,
    signatures: [{ kind: 'type', value: 'WebhookSignatureError' }],
  }),
  sample('orders-file-handles', {
    title: 'Too many open files in the label renderer',
    category: 'Infrastructure',
    severity: 'medium',
    component: 'orders',
    tags: ['linux', 'limits'],
    symptoms: code('text', "Error: EMFILE: too many open files, open '/tmp/labels/8f2c.pdf'"),
    root_cause: 'Label files were opened for every page and closed only at the end of the batch.',
    solutions: [
      {
        title: 'Close as you go',
        steps: 'Use `pipeline()` for each file; it closes both ends on success and on failure.',
      },
    ],
    prevention: [{ text: 'Lint rule against bare `createReadStream`', done: false }],
    signatures: [{ kind: 'code', value: 'EMFILE' }],
  }),
];
