import { between, during, type Incident, pick, ramp, spikes } from './incident';

export const incidents: readonly Incident[] = [
  {
    key: 'pool',
    service: 'orders',
    type: 'Error',
    severity: 'critical',
    context: 'POST /orders',
    message: () => 'timeout exceeded when trying to connect',
    stack: `Error: timeout exceeded when trying to connect
    at Pool.connect (/srv/orders/node_modules/pg-pool/index.js:45:11)
    at withConnection (/srv/orders/src/db/pool.ts:31:18)
    at createOrder (/srv/orders/src/orders/create-order.ts:58:20)
    at POST /orders (/srv/orders/src/http/routes.ts:112:9)`,
    rate: ramp(1, 8, 6, 34),
    users: 240,
    story: [
      { day: 8, hour: 14, do: 'accept', entry: 'orders-pool' },
      { day: 8, hour: 16, do: 'resolve' },
      {
        day: 8,
        hour: 17,
        do: 'comment',
        text: 'Export no longer holds a transaction while it waits for the carrier. Waiters are at zero.',
      },
    ],
  },
  {
    key: 'chunk',
    service: 'web',
    type: 'ChunkLoadError',
    severity: 'medium',
    context: '/checkout',
    message: (random) => {
      const chunk = between(random, 100, 900);
      return `Loading chunk ${chunk} failed. (missing: https://parcels.example/assets/${chunk}.${pick(random, ['9c1f', 'a04e', '77b2', 'e810'])}.js)`;
    },
    stack: `ChunkLoadError: Loading chunk failed
    at loadChunk (https://parcels.example/assets/runtime.js:1:2204)
    at lazyRoute (https://parcels.example/assets/app.js:1:48112)`,
    rate: (day) => ([2, 6, 11, 13].includes(day) ? 42 : day <= 14 ? 1 : 0),
    users: 400,
    story: [
      { day: 13, hour: 15, do: 'accept', entry: 'web-chunk' },
      { day: 14, hour: 9, do: 'resolve' },
    ],
  },
  {
    key: 'nil',
    service: 'courier',
    type: 'runtime.Error',
    severity: 'high',
    context: 'NotifyRecipient',
    message: () => 'invalid memory address or nil pointer dereference',
    stack: `panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x7d2a11]

goroutine 88 [running]:
parcels.example/courier/internal/notify.(*Sender).Send(0xc0001a2000, {0xa3e8c0, 0xc00012c018}, 0x0)
	/src/courier/internal/notify/sender.go:74 +0x51
parcels.example/courier/internal/stops.(*Service).Complete(0xc0001b4000, 0xc0004d2300)
	/src/courier/internal/stops/complete.go:131 +0x2c5
main.main()
	/src/courier/cmd/courier/main.go:58 +0x1d4`,
    rate: (day) => (day < 6 ? 9 : day >= 19 && day <= 22 ? 5 : 0),
    story: [
      { day: 5, hour: 11, do: 'accept', entry: 'courier-nil' },
      { day: 5, hour: 13, do: 'resolve' },
      {
        day: 20,
        hour: 9,
        do: 'comment',
        text: 'Back again: returns have no phone number either, and the return flow has its own copy of the check.',
      },
      { day: 20, do: 'assign' },
    ],
  },
  {
    key: 'address',
    service: 'web',
    type: 'TypeError',
    severity: 'high',
    context: '/checkout/address',
    message: () => "Cannot read properties of undefined (reading 'street')",
    stack: `TypeError: Cannot read properties of undefined (reading 'street')
    at applyLookup (https://parcels.example/assets/address-form.js:212:31)
    at onPostcodeChange (https://parcels.example/assets/address-form.js:188:7)
    at HTMLInputElement.dispatch (https://parcels.example/assets/vendor.js:2:51870)`,
    rate: during(3, 15, 11),
    users: 300,
    story: [
      { day: 15, hour: 10, do: 'accept', entry: 'web-undefined-address' },
      { day: 15, hour: 12, do: 'resolve' },
    ],
  },
  {
    key: 'redis',
    service: 'pricing',
    type: 'redis.exceptions.ResponseError',
    severity: 'high',
    context: 'quote',
    message: () => "OOM command not allowed when used memory > 'maxmemory'.",
    stack: `Traceback (most recent call last):
  File "/app/pricing/views.py", line 88, in quote
    return cache_quote(request.basket)
  File "/app/pricing/cache.py", line 41, in cache_quote
    cache.set(key, payload)
  File "/usr/local/lib/python3.12/site-packages/redis/client.py", line 583, in execute_command
    return conn.retry.call_with_retry(
redis.exceptions.ResponseError: OOM command not allowed when used memory > 'maxmemory'.`,
    rate: ramp(18, 24, 8, 52),
    users: 150,
    story: [
      { day: 24, hour: 9, do: 'accept', entry: 'pricing-redis-oom' },
      { day: 24, hour: 10, do: 'resolve' },
    ],
  },
  {
    key: 'zone',
    service: 'pricing',
    type: 'KeyError',
    severity: 'high',
    context: 'quote',
    message: () => "'islands-2'",
    stack: `Traceback (most recent call last):
  File "/app/pricing/views.py", line 73, in quote
    zone = zones.by_name(basket.zone)
  File "/app/pricing/zones.py", line 29, in by_name
    return self._zones[name]
KeyError: 'islands-2'`,
    rate: during(10, 17, 14),
    users: 60,
    story: [
      { day: 17, hour: 16, do: 'accept', entry: 'pricing-zone' },
      { day: 17, hour: 17, do: 'resolve' },
    ],
  },
  {
    key: 'deadline',
    service: 'courier',
    type: 'status.Error',
    severity: 'high',
    context: 'PlanRoutes',
    message: () => 'rpc error: code = DeadlineExceeded desc = context deadline exceeded',
    stack: `goroutine 412 [running]:
parcels.example/courier/internal/planner.(*Client).Replan(0xc000318000, {0xa3e8c0, 0xc0004020c0})
	/src/courier/internal/planner/client.go:96 +0x3f2
parcels.example/courier/internal/stops.(*Service).Reassign(0xc0001b4000)
	/src/courier/internal/stops/reassign.go:54 +0x188
main.main()
	/src/courier/cmd/courier/main.go:58 +0x1d4`,
    rate: (day) => (day % 7 < 5 ? 8 : 2),
    story: [{ day: 21, do: 'comment', text: 'Only between 07:00 and 08:30. Batching the changes is in review.' }],
  },
  {
    key: 'econnreset',
    service: 'orders',
    type: 'Error',
    severity: 'medium',
    context: 'label export',
    message: () => 'read ECONNRESET',
    stack: `Error: read ECONNRESET
    at TLSWrap.onStreamRead (node:internal/stream_base_commons:216:20)
    at CarrierClient.createLabel (/srv/orders/src/carrier/client.ts:77:15)
    at exportLabels (/srv/orders/src/labels/export.ts:49:22)`,
    rate: during(0, 29, 4),
    story: [
      { day: 26, hour: 11, do: 'accept', entry: 'orders-econnreset' },
      { day: 29, hour: 15, do: 'resolve' },
    ],
  },
  {
    key: 'heap',
    service: 'orders',
    type: 'FatalError',
    severity: 'critical',
    context: 'manifest import',
    message: () => 'Reached heap limit Allocation failed - JavaScript heap out of memory',
    stack: `FatalError: Reached heap limit Allocation failed - JavaScript heap out of memory
    at parseManifest (/srv/orders/src/manifest/parse-manifest.ts:22:24)
    at importManifest (/srv/orders/src/manifest/import-manifest.ts:41:11)`,
    rate: spikes([4, 27], 6),
  },
  {
    key: 'decimal',
    service: 'pricing',
    type: 'decimal.InvalidOperation',
    severity: 'medium',
    context: 'price list upload',
    message: () => "[<class 'decimal.ConversionSyntax'>]",
    stack: `Traceback (most recent call last):
  File "/app/pricing/uploads.py", line 52, in import_prices
    price = Decimal(row["price"])
decimal.InvalidOperation: [<class 'decimal.ConversionSyntax'>]`,
    rate: spikes([1, 8, 9], 9),
    story: [
      { day: 9, hour: 10, do: 'accept', entry: 'pricing-decimal' },
      { day: 9, hour: 11, do: 'resolve' },
    ],
  },
  {
    key: 'lock',
    service: 'orders',
    type: 'error',
    severity: 'high',
    context: 'deploy',
    message: () => 'canceling statement due to lock timeout',
    stack: `error: canceling statement due to lock timeout
    at Parser.parseErrorMessage (/srv/orders/node_modules/pg-protocol/dist/parser.js:285:98)
    at migrate (/srv/orders/src/db/migrate.ts:38:5)`,
    rate: spikes([12], 5),
    story: [
      { day: 12, hour: 13, do: 'accept', entry: 'orders-migration-lock' },
      { day: 12, hour: 14, do: 'resolve' },
    ],
  },
  {
    key: 'deadlock',
    service: 'orders',
    type: 'error',
    severity: 'high',
    context: 'POST /routes/claim',
    message: () => 'deadlock detected',
    stack: `error: deadlock detected
    at Parser.parseErrorMessage (/srv/orders/node_modules/pg-protocol/dist/parser.js:285:98)
    at claimStops (/srv/orders/src/routes/claim-stops.ts:64:17)`,
    rate: during(22, 30, 3),
    environments: ['production', 'staging'],
  },
  {
    key: 'quota',
    service: 'web',
    type: 'QuotaExceededError',
    severity: 'medium',
    context: '/basket',
    message: () => "Failed to execute 'setItem' on 'Storage': Setting the value of 'basket' exceeded the quota.",
    stack: `QuotaExceededError: Failed to execute 'setItem' on 'Storage': Setting the value of 'basket' exceeded the quota.
    at saveBasket (https://parcels.example/assets/basket.js:88:18)
    at addLabel (https://parcels.example/assets/basket.js:61:5)`,
    rate: () => 2,
    users: 90,
  },
  {
    key: 'script',
    service: 'web',
    type: 'Error',
    severity: 'low',
    message: () => 'Script error.',
    rate: () => 6,
    users: 500,
    story: [{ day: 4, do: 'mute' }],
  },
  {
    key: 'hydration',
    service: 'web',
    type: 'Error',
    severity: 'low',
    context: '/track',
    message: () => 'Hydration failed because the server rendered text did not match the client.',
    stack: `Error: Hydration failed because the server rendered text did not match the client.
    at throwOnHydrationMismatch (https://parcels.example/assets/vendor.js:2:88120)
    at DeliveryWindow (https://parcels.example/assets/track.js:40:12)`,
    rate: () => 5,
    users: 350,
  },
  {
    key: 'dns',
    service: 'courier',
    type: '*net.OpError',
    severity: 'medium',
    context: 'SyncOrders',
    message: () => 'dial tcp: lookup orders.internal on 10.96.0.10:53: no such host',
    rate: spikes([6, 13, 20, 27], 12),
    story: [{ day: 20, do: 'reject', entry: 'courier-deadline', reason: 'wrong_cause' }],
  },
  {
    key: 'tls',
    service: 'courier',
    type: 'x509.CertificateInvalidError',
    severity: 'critical',
    context: 'gateway',
    message: () => 'x509: certificate has expired or is not yet valid: current time is after the not-after date',
    rate: spikes([10], 60),
    story: [
      { day: 10, hour: 13, do: 'accept', entry: 'courier-tls' },
      { day: 10, hour: 14, do: 'resolve' },
    ],
  },
  {
    key: 'carrier-503',
    service: 'orders',
    type: 'CarrierUnavailable',
    severity: 'medium',
    context: 'label export',
    message: (random) => `Carrier answered 503 for shipment ${between(random, 100000, 999999)}`,
    stack: `CarrierUnavailable: Carrier answered 503
    at CarrierClient.createLabel (/srv/orders/src/carrier/client.ts:91:13)
    at exportLabels (/srv/orders/src/labels/export.ts:49:22)`,
    rate: (day) => (day >= 28 ? 38 : 3),
  },
  {
    key: 'geocode',
    service: 'courier',
    type: 'geocode.Error',
    severity: 'medium',
    context: 'ResolveAddress',
    message: (random) =>
      `no match for "${pick(random, ['Hafenstr. 12', 'Am Markt 3', 'Lindenweg 41', 'Ringstr. 7'])}" after ${between(random, 900, 4200)} ms`,
    stack: `goroutine 61 [running]:
parcels.example/courier/internal/geocode.(*Client).Resolve(0xc00031a000)
	/src/courier/internal/geocode/client.go:118 +0x2aa
main.main()
	/src/courier/cmd/courier/main.go:58 +0x1d4`,
    rate: during(24, 30, 7),
  },
  {
    key: 'slot',
    service: 'web',
    type: 'RangeError',
    severity: 'medium',
    context: '/checkout/slot',
    message: () => 'Invalid time value',
    stack: `RangeError: Invalid time value
    at Date.toISOString (<anonymous>)
    at slotKey (https://parcels.example/assets/slots.js:17:22)
    at SlotPicker (https://parcels.example/assets/slots.js:54:9)`,
    rate: during(26, 30, 8),
    users: 120,
  },
  {
    key: 'timezone',
    service: 'pricing',
    type: 'TypeError',
    severity: 'medium',
    context: 'surcharge',
    message: () => "can't compare offset-naive and offset-aware datetimes",
    stack: `Traceback (most recent call last):
  File "/app/pricing/surcharge.py", line 33, in applies
    return rule.start <= at < rule.end
TypeError: can't compare offset-naive and offset-aware datetimes`,
    rate: spikes([5, 12, 19, 26], 4),
    environments: ['production', 'staging'],
  },
  {
    key: 'webhook',
    service: 'orders',
    type: 'WebhookSignatureError',
    severity: 'high',
    context: 'POST /webhooks/payments',
    message: () => 'No signatures found matching the expected signature for payload',
    stack: `WebhookSignatureError: No signatures found matching the expected signature for payload
    at verify (/srv/orders/node_modules/payments/lib/webhooks.js:58:13)
    at receivePayment (/srv/orders/src/payments/receive-payment.ts:19:27)`,
    rate: spikes([29], 17),
  },
];
