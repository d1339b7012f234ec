import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { reloadEnv } from '../env.server';
import { fetchPack } from './fetch-pack.server';

const running: Server[] = [];

/** A server of one's own network. @returns its origin. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  running.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  reloadEnv({ ERRATA_PACK_ORIGINS: '' });
  for (const server of running.splice(0)) server.close();
});

describe('an origin the operator lists', () => {
  it('is fetched from by http, with the token it asks for', async () => {
    const origin = await serve((request, response) => response.end(`told ${request.headers.authorization}`));
    reloadEnv({ ERRATA_PACK_ORIGINS: `https://other.example, ${origin}/` });
    expect(Buffer.from(await fetchPack(`${origin}/pack.zip`, 'secret')).toString()).toBe('told Bearer secret');
  });

  it('says nothing for its neighbours', async () => {
    const origin = await serve((_request, response) => response.end('x'));
    const other = await serve((_request, response) => response.end('x'));
    reloadEnv({ ERRATA_PACK_ORIGINS: origin });
    await expect(fetchPack(`${other}/pack.zip`)).rejects.toThrow('ERRATA_PACK_ORIGINS');
    await expect(fetchPack(`${origin.replace('http', 'https')}/pack.zip`)).rejects.toThrow('private network');
  });

  it('does not lead elsewhere, and tells no other listed origin the token', async () => {
    const heard: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      heard.push(request.headers.authorization);
      response.end('pack');
    });
    const origin = await serve((_request, response) =>
      response.writeHead(302, { location: `${other}/pack.zip` }).end(),
    );
    reloadEnv({ ERRATA_PACK_ORIGINS: origin });
    await expect(fetchPack(`${origin}/pack.zip`, 'secret')).rejects.toThrow('ERRATA_PACK_ORIGINS');
    reloadEnv({ ERRATA_PACK_ORIGINS: `${origin},${other}` });
    await fetchPack(`${origin}/pack.zip`, 'secret');
    expect(heard).toEqual([undefined]);
  });
});
