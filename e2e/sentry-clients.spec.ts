import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { APIRequestContext } from '@playwright/test';
import { build } from 'esbuild';
import { runningApp } from './fixtures/app';
import { expect, test } from './fixtures/test';

// The real SDKs against the running app, down to the event that the API gives back.

const CLIENT = fileURLToPath(new URL('fixtures/sentry-node-client.mjs', import.meta.url));

interface StoredEvent {
  id: string;
  issue_id: string;
  title: string;
  level: string;
  exceptions: { type?: string; value?: string; frames?: { function?: string; in_app?: boolean }[] }[];
  tags: [string, string][];
  [field: string]: unknown;
}

async function readEvent(request: APIRequestContext, token: string, id: string): Promise<StoredEvent> {
  const answer = await request.get(`/api/v1/events/${id}`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status(), `event ${id}`).toBe(200);
  return answer.json();
}

/** The DSN of a project as the app on its test port is reached. */
function localDsn({ id, key }: { id: number; key: string }): string {
  return `http://${key}@${new URL(runningApp().url).host}/${id}`;
}

for (const sdk of ['@sentry/node', 'sentry-node-previous']) {
  test(`${sdk} needs nothing but the address`, async ({ request, createProject, adminToken }) => {
    const project = await createProject(`Client ${sdk}`);
    const { stdout } = await promisify(execFile)(process.execPath, [CLIENT, sdk, localDsn(project)]);
    const { ids } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as { ids: Record<string, string> };
    const read = (name: string): Promise<StoredEvent> => readEvent(request, adminToken, ids[name] ?? name);

    const chained = await read('chained');
    expect(chained).toMatchObject({
      protocol: 'sentry',
      level: 'fatal',
      service: 'checkout',
      environment: 'staging',
      release: 'shop@1.2.3',
      server_name: 'web-1',
      platform: 'node',
      title: 'PaymentError: payment failed',
      user: { id: '17' },
      extra: { password: '[Filtered]', order: 7 },
    });
    expect(chained.exceptions.map(({ type }) => type)).toEqual(['RangeError', 'PaymentError']);
    expect(chained.exceptions.at(-1)?.frames?.at(-1)).toMatchObject({ function: 'pay', in_app: true });
    expect(chained.tags).toEqual(expect.arrayContaining([['attempt', '3']]));
    expect(JSON.stringify(chained.breadcrumbs)).toContain('two items added');
    expect(JSON.stringify(chained)).not.toContain('hunter2');

    expect(await read('message')).toMatchObject({ title: 'Disk quota 91% used', level: 'warning' });
    expect((await read('notAnError')).title).not.toMatch(/^Error/);
    expect((await read('aggregate')).exceptions.map(({ value }) => value).sort()).toEqual(['both', 'one', 'two']);
    expect(await read('large')).toMatchObject({ title: 'Error: large' });
    expect(await read('fingerprinted')).toMatchObject({ fingerprint: ['{{ default }}', 'tenant-7'] });
    expect(await read('inSpan')).toMatchObject({ title: 'Error: inside a span' });
  });
}

let pages: Server;
let bundle: string;

test.beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import * as Sentry from '@sentry/browser'; window.Sentry = Sentry;`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    write: false,
    format: 'iife',
    logLevel: 'silent',
  });
  bundle = outputFiles[0]?.text ?? '';
  // Another origin than the app's, as it is with every page that is watched.
  pages = createServer((request, response) => {
    const isScript = request.url === '/sentry.js';
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
    response.end(isScript ? bundle : '<!doctype html><title>Shop</title><script src="/sentry.js"></script>');
  });
  await new Promise<void>((done) => pages.listen(0, '127.0.0.1', done));
});

test.afterAll(async () => {
  await new Promise((done) => pages.close(done));
});

test.describe('@sentry/browser in a page', () => {
  for (const tunnelled of [false, true]) {
    test(
      tunnelled ? 'sends through the tunnel' : 'sends across origins',
      async ({ page, request, createProject, adminToken }) => {
        const project = await createProject('Shop front');
        const { url } = runningApp();
        await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/cart?token=abc`);
        const id = await page.evaluate(
          async ({ dsn, tunnel }) => {
            const { Sentry } = window as unknown as { Sentry: typeof import('@sentry/browser') };
            Sentry.init({
              dsn,
              tunnel,
              release: 'front@2',
              environment: 'staging',
              initialScope: { user: { id: 'u-1' } },
            });
            function checkout(): void {
              throw new TypeError('cart is empty');
            }
            let sent = '';
            try {
              checkout();
            } catch (error) {
              sent = Sentry.captureException(error);
            }
            await Sentry.flush(10_000);
            return sent;
          },
          { dsn: localDsn(project), tunnel: tunnelled ? `${url}/tunnel` : undefined },
        );
        const event = await readEvent(request, adminToken, id);
        expect(event).toMatchObject({
          title: 'TypeError: cart is empty',
          platform: 'javascript',
          service: project.slug,
          release: 'front@2',
          user: { id: 'u-1' },
        });
        expect(event.exceptions[0]?.frames?.some(({ function: name }) => name === 'checkout')).toBe(true);
        expect(JSON.stringify(event.request)).not.toContain('abc');
      },
    );
  }
});
