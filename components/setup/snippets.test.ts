import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { snippets } from './snippets';

const run = promisify(execFile);

/** Runs one snippet against a listener and gives back what it sent. */
async function sendWith(id: string, command: string, args: (code: string) => string[]) {
  let received: { key?: string; body: Record<string, string> } | undefined;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received = {
      key: request.headers.authorization,
      body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>,
    };
    response.writeHead(201).end('{}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  try {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const snippet = snippets(origin, 'a1b2').find((each) => each.id === id);
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

  it.each(snippets('https://errata.example', 'a1b2'))('for $label names the address and the key', ({ code }) => {
    expect(code).toContain('https://errata.example/errors');
    expect(code).toContain('Bearer a1b2');
  });
});
