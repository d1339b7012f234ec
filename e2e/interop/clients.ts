import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Facts } from './facts';
import type { SessionCounts } from './stored';
import { findPython, need, run, type Toolchain } from './toolchain';

/** What is done with every client that can do it, in the order of the table. */
export const SCENARIOS = [
  'handled',
  'wrapped',
  'crash',
  'message',
  'log',
  'scope',
  'request',
  'sessions',
  'dropped',
] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** How the one event of a scenario has to be stored, and what has to be counted beside it. */
export interface Expected {
  event: Partial<Facts>;
  /** The program has to end as one that failed. */
  fails?: boolean;
  /** Of the release. */
  sessions?: Partial<SessionCounts>;
  /** Reason and category that the SDK reports one item under. */
  discarded?: [reason: string, category: string];
}

/** A program of ours that sends through an SDK as its users have it. */
export interface Client {
  name: string;
  language: Toolchain['language'];
  /** Installs what it needs below `folder`. @returns the command that a scenario is appended to. */
  prepare(toolchain: Toolchain, folder: string): Promise<string[]>;
  scenarios: Partial<Record<Scenario, Expected>>;
}

const here = (path: string): string => join(import.meta.dirname, path);

const python =
  (program: string, packages: string[]): Client['prepare'] =>
  async ({ path }, folder) => {
    await run([path, '-m', 'venv', folder]);
    const own = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
    await run([own, '-m', 'pip', 'install', '--quiet', '--upgrade', '--disable-pip-version-check', ...packages]);
    return [own, here(`python/${program}`)];
  };

const rust: Client['prepare'] = async ({ path }, folder) => {
  await mkdir(folder, { recursive: true });
  await cp(here('rust'), folder, { recursive: true });
  await run([path, 'build', '--quiet'], { cwd: folder, env: { CARGO_TARGET_DIR: join(folder, 'target') } });
  return [join(folder, 'target/debug/shop')];
};

const go: Client['prepare'] = async ({ path }, folder) => {
  await mkdir(folder, { recursive: true });
  await cp(here('go'), folder, { recursive: true });
  const modules = ['github.com/getsentry/sentry-go@latest', 'github.com/pkg/errors@latest'];
  if (!existsSync(join(folder, 'go.mod'))) await run([path, 'mod', 'init', 'shop'], { cwd: folder });
  await run([path, 'get', ...modules], { cwd: folder });
  await run([path, 'build', '-o', 'shop', '.'], { cwd: folder });
  return [join(folder, 'shop')];
};

const QUOTA = { title: 'Disk quota 91% used', message: 'Disk quota 91% used', exceptions: [] };
const CONVERSION = "ValueError: invalid literal for int() with base 10: 'twelve'";
const PAYMENT = {
  title: 'PaymentError: payment failed',
  level: 'error',
  exceptions: [CONVERSION, 'PaymentError: payment failed'],
  throwing: 'pay',
};
const SCOPE = {
  tags: { tenant: 'north', attempt: '3' },
  user: { id: '17', email: 'jo@example.com' },
  breadcrumbs: ['two items added'],
};
const NOT_PAID = { logger: 'shop.checkout', message: 'Order 7 was not paid' };

const PYTHON: Client['scenarios'] = {
  handled: { event: { ...PAYMENT, handled: true } },
  wrapped: {
    event: {
      title: 'ExceptionGroup: basket',
      level: 'error',
      exceptions: ['TimeoutError: stock took too long', "KeyError: 'shelf'", 'ExceptionGroup: basket'],
      throwing: 'wrapped',
      handled: true,
    },
  },
  crash: { event: { ...PAYMENT, handled: false }, fails: true },
  message: { event: { ...QUOTA, level: 'warning' } },
  log: { event: { ...PAYMENT, ...NOT_PAID, handled: true } },
  scope: { event: { ...PAYMENT, ...SCOPE } },
  sessions: { event: PAYMENT, sessions: { started: 1, errored: 1, exited: 0, crashed: 0 } },
  dropped: { event: QUOTA, discarded: ['before_send', 'error'] },
};

const ORDER = { title: 'PaymentError: payment of order 7 failed', level: 'error', throwing: 'charge' };
const posted = (scenario: Scenario): Partial<Facts> => ({
  ...ORDER,
  transaction: `/orders/{order}/${scenario}`,
  request: {
    method: 'POST',
    query_string: 'token=[Filtered]',
    data: { card: 'visa', password: '[Filtered]' },
    headers: { authorization: '[Filtered]' },
  },
});

const RUST_PAYMENT = {
  title: 'PaymentError: payment failed',
  level: 'error',
  exceptions: ['ParseIntError: invalid digit found in string', 'PaymentError: payment failed'],
  throwing: 'shop::handled',
};

const GO_PAYMENT = {
  ...ORDER,
  exceptions: ['*errors.errorString: card declined', '*main.PaymentError: payment of order 7 failed'],
  throwing: 'handled',
};
const OUT_OF_RANGE = {
  title: 'boundsError: runtime error: index out of range [5] with length 3',
  level: 'fatal',
  exceptions: ['runtime.boundsError: runtime error: index out of range [5] with length 3'],
  throwing: 'takeFromShelf',
};

export const CLIENTS: Client[] = [
  { name: 'Python', language: 'python', prepare: python('plain.py', ['sentry-sdk']), scenarios: PYTHON },
  {
    name: 'Python, SDK of 2024',
    language: 'python',
    prepare: python('plain.py', ['sentry-sdk==1.45.1']),
    scenarios: PYTHON,
  },
  {
    // With brotli beside it the SDK compresses with that instead of gzip.
    name: 'FastAPI, brotli',
    language: 'python',
    prepare: python('fastapi_app.py', ['sentry-sdk', 'fastapi', 'uvicorn', 'brotli']),
    scenarios: {
      handled: { event: { ...posted('handled'), handled: true } },
      log: { event: { ...posted('log'), ...NOT_PAID, handled: true } },
      request: { event: { ...posted('request'), handled: false } },
      sessions: { event: posted('sessions'), sessions: { started: 1, crashed: 1, errored: 0, exited: 0 } },
    },
  },
  {
    name: 'Python, OpenTelemetry',
    language: 'python',
    prepare: python('otel.py', [
      'opentelemetry-sdk',
      'opentelemetry-exporter-otlp-proto-http',
      'opentelemetry-instrumentation-logging',
    ]),
    scenarios: {
      crash: { event: { ...PAYMENT, level: 'fatal', message: 'Uncaught' }, fails: true },
      message: { event: { ...QUOTA, level: 'error', logger: 'shop.checkout' } },
      log: { event: { ...PAYMENT, ...NOT_PAID } },
      scope: { event: { ...PAYMENT, tags: SCOPE.tags, user: { id: '17' } } },
      request: {
        event: { ...PAYMENT, transaction: 'POST /orders/{order}', request: { method: 'POST', url: '/orders/7' } },
        fails: true,
      },
    },
  },
  {
    name: 'Rust',
    language: 'rust',
    prepare: rust,
    scenarios: {
      handled: { event: RUST_PAYMENT },
      wrapped: {
        event: {
          title: 'Error: opening the shop',
          level: 'error',
          exceptions: [
            'ParseIntError: invalid digit found in string',
            'Error: reading the basket',
            'Error: opening the shop',
          ],
          throwing: 'shop::open_basket',
        },
      },
      crash: {
        event: {
          title: 'panic: index out of bounds: the len is 3 but the index is 5',
          level: 'fatal',
          throwing: 'shop::crash',
          handled: false,
        },
        fails: true,
      },
      message: { event: { ...QUOTA, level: 'warning' } },
      scope: { event: { ...RUST_PAYMENT, ...SCOPE } },
      sessions: { event: RUST_PAYMENT, sessions: { started: 1, errored: 1, exited: 0, crashed: 0 } },
      dropped: { event: QUOTA, discarded: ['before_send', 'error'] },
    },
  },
  {
    name: 'Go',
    language: 'go',
    prepare: go,
    scenarios: {
      handled: { event: GO_PAYMENT },
      wrapped: {
        event: {
          title: 'opening the shop: basket is locked',
          level: 'error',
          exceptions: ['*errors.fundamental: basket is locked', '*fmt.wrapError: opening the shop: basket is locked'],
          throwing: 'wrapped',
        },
      },
      crash: { event: OUT_OF_RANGE, fails: true },
      message: { event: { ...QUOTA, level: 'warning' } },
      scope: { event: { ...GO_PAYMENT, ...SCOPE } },
      request: {
        event: { ...OUT_OF_RANGE, request: { method: 'POST', query_string: 'token=[Filtered]' } },
      },
      dropped: { event: QUOTA, discarded: ['before_send', 'error'] },
    },
  },
];

/** How each language's tools are found. */
export const TOOLCHAINS: Record<Toolchain['language'], () => Promise<Toolchain | null>> = {
  python: findPython,
  rust: () => need('rust', 'cargo', ['--version']),
  go: () => need('go', 'go', ['version']),
};
