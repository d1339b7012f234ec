import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { snippets } from './snippets';

const DSN = 'https://a1b2@errata.example/3';

const run = promisify(execFile);

/** Runs one snippet against a listener and gives back what it sent. */
async function sendWith(id: string, command: string, args: (code: string) => string[]) {
  let received: { path?: string; key?: string; body: Record<string, string> } | undefined;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received = {
      path: request.url,
      key: request.headers.authorization,
      body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>,
    };
    response.writeHead(201).end('{}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  try {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const snippet = snippets({ origin, key: 'a1b2', dsn: DSN }).find((each) => each.id === id);
    await run(command, args(snippet?.code ?? ''));
  } finally {
    server.close();
  }
  return received;
}

describe('the snippets', () => {
  it.each([
    ['curl', 'bash', (code: string) => ['-c', code]],
    ['node', process.execPath, (code: string) => ['--input-type=module', '-e', code]],
  ])('for %s sends an error when pasted', async (id, command, args) => {
    const received = await sendWith(id, command, args);
    expect(received?.key).toBe('Bearer a1b2');
    expect(received?.body).toMatchObject({ service: 'checkout', severity: 'high' });
    expect(received?.body.error_message).toBeTruthy();
  });

  it('for OTLP sends a log record with its key', async () => {
    const received = await sendWith('otlp', 'bash', (code) => ['-c', code.slice(code.indexOf('curl'))]);
    expect(received?.path).toBe('/v1/logs');
    expect(received?.key).toBe('Bearer a1b2');
    const { events } = readLogs(received?.body);
    expect(events).toEqual(['ConnectionError']);
  });

  it.each(snippets({ origin: 'https://errata.example', key: 'a1b2', dsn: DSN }))(
    'for $label names the address and the key',
    ({ code }) => {
      expect(code).toMatch(/https:\/\/errata\.example|https:\/\/a1b2@errata\.example\/3/);
      expect(code).toContain('a1b2');
    },
  );

  it('are there for every language and tool that people ask for', () => {
    const ids = snippets({ origin: 'https://errata.example', key: 'a1b2', dsn: DSN }).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining([
        'curl',
        'node',
        'browser',
        'python',
        'fastapi',
        'django',
        'rust',
        'go',
        'java',
        'otlp',
        'docker',
        'ci',
      ]),
    );
  });
});

interface Attribute {
  key: string;
  value: { stringValue?: string };
}

/** The exception types of a request of OTLP logs. */
function readLogs(body: unknown): { events: (string | undefined)[] } {
  const { resourceLogs } = body as {
    resourceLogs: { scopeLogs: { logRecords: { attributes: Attribute[] }[] }[] }[];
  };
  const records = resourceLogs.flatMap((each) => each.scopeLogs).flatMap((each) => each.logRecords);
  const typeOf = (attributes: Attribute[]) => attributes.find(({ key }) => key === 'exception.type')?.value.stringValue;
  return { events: records.map(({ attributes }) => typeOf(attributes)) };
}
