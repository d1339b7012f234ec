/** Sentry envelopes of about a given size, as a Node service sends them: frames with source lines, breadcrumbs, contexts. */
import { happenedAt } from './reports';

const id = (n: number): string => n.toString(16).padStart(32, '5');

const crumb = (n: number): Record<string, unknown> => ({
  timestamp: happenedAt(n) / 1000,
  category: n % 2 === 0 ? 'http' : 'console',
  type: n % 2 === 0 ? 'http' : 'default',
  level: 'info',
  message: `loaded the cart of customer ${n} in ${n % 90} ms`,
  data: { url: `https://stock.example/api/items/${n}?page=${n % 7}`, method: 'GET', status_code: 200 },
});

const frame = (issue: number, at: number): Record<string, unknown> => ({
  filename:
    at % 3 === 0 ? `/srv/app/node_modules/express/lib/layer_${at}.js` : `/srv/app/src/part-${issue}/step-${at}.js`,
  function: `Controller.step${issue}_${at}`,
  module: `part-${issue}:step-${at}`,
  lineno: at + 20,
  colno: 7,
  in_app: at % 3 !== 0,
  pre_context: [
    `  const cart = await this.carts.find(request.params.id);`,
    `  if (!cart) {`,
    `    throw new NotFound('cart', ${at});`,
    `  }`,
    ``,
  ],
  context_line: `  const total = cart.items.reduce((sum, item) => sum + item.price, ${at});`,
  post_context: [
    `  reply.send({ total, currency: cart.currency });`,
    `}`,
    ``,
    `function next${at}() {`,
    `  return null;`,
  ],
});

function payload(n: number, issues: number, frames: number, crumbs: number): Record<string, unknown> {
  const issue = n % issues;
  return {
    event_id: id(n),
    timestamp: happenedAt(n) / 1000,
    platform: 'node',
    level: 'error',
    environment: 'production',
    release: `shop@1.${n % 5}.0`,
    server_name: `node-${n % 12}`,
    transaction: 'POST /orders/:id/pay',
    exception: {
      values: [
        {
          type: 'TypeError',
          value: `Cannot read properties of undefined (reading 'item${n}')`,
          mechanism: { type: 'onunhandledrejection', handled: false },
          stacktrace: { frames: Array.from({ length: frames }, (_, at) => frame(issue, at)) },
        },
      ],
    },
    breadcrumbs: Array.from({ length: crumbs }, (_, at) => crumb(n + at)),
    tags: { region: 'eu-central-1', service: `service-${issue % 8}` },
    user: { id: `user-${n % 5000}`, ip_address: '203.0.113.9' },
    request: {
      method: 'POST',
      url: `https://shop.example/orders/${n}/pay?step=2`,
      headers: { host: 'shop.example', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)', accept: 'application/json' },
      data: `{"order":${n},"coupon":"none"}`,
    },
    contexts: {
      runtime: { name: 'node', version: 'v22.3.0' },
      os: { name: 'Linux', version: '6.1.0', kernel_version: '6.1.0-13' },
      trace: { trace_id: id(n + 7), span_id: '0123456789abcdef', op: 'http.server' },
    },
    modules: Object.fromEntries(Array.from({ length: frames }, (_, at) => [`package-${at}`, `1.${at}.0`])),
    sdk: { name: 'sentry.javascript.node', version: '9.1.0', integrations: ['Http', 'Console', 'LinkedErrors'] },
  };
}

/** Frames and breadcrumbs that make an envelope of so many bytes. */
export const ENVELOPE_SIZES: Record<string, readonly [frames: number, crumbs: number]> = {
  '2 KB': [1, 1],
  '10 KB': [12, 9],
  '50 KB': [50, 95],
};

/** The `n`th envelope of a stream over `issues` issues. */
export function makeEnvelope(n: number, issues: number, size: keyof typeof ENVELOPE_SIZES): Buffer {
  const [frames, crumbs] = ENVELOPE_SIZES[size]!;
  const event = JSON.stringify(payload(n, issues, frames, crumbs));
  const header = { event_id: id(n), sent_at: new Date(1_790_000_000_000 + n * 10 + 500).toISOString() };
  return Buffer.from(
    `${JSON.stringify(header)}\n${JSON.stringify({ type: 'event', length: Buffer.byteLength(event) })}\n${event}`,
  );
}
