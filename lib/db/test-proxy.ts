import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Stands between a client and PostgreSQL, and fails the way networks and servers do. */
export interface DatabaseProxy {
  /** The database's URL through the proxy. */
  url: string;
  /** Breaks all connections and takes no new ones. */
  cut(): void;
  /** Lets connections open and says nothing on them; what is asked meanwhile arrives after `restore`. */
  hang(): void;
  restore(): void;
  /** Breaks a connection when PostgreSQL has answered this, before the client hears of it. Once. */
  cutAtAnswer(text: string): void;
  close(): Promise<void>;
}

/** `url`: of a database on a Unix socket, as tests have it. */
export async function proxyDatabase(url: string): Promise<DatabaseProxy> {
  const target = new URL(url);
  const port = target.port || '5432';
  const from = `${target.searchParams.get('host')}/.s.PGSQL.${port}`;
  const folder = await mkdtemp(join(tmpdir(), 'errata-proxy-'));
  target.searchParams.set('host', folder);
  let state: 'open' | 'cut' | 'hanging' = 'open';
  let trap: string | null = null;
  const pairs = new Set<[Socket, Socket]>();

  const server: Server = createServer((client) => {
    if (state === 'cut') {
      client.destroy();
      return;
    }
    const database = connect(from);
    const pair: [Socket, Socket] = [client, database];
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      client.destroy();
      database.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    client.on('data', (data) => database.write(data));
    database.on('data', (data) => {
      if (trap !== null && data.includes(trap)) {
        trap = null;
        end();
      } else client.write(data);
    });
    if (state === 'hanging') for (const socket of pair) socket.pause();
  });
  await new Promise<void>((done) => server.listen(join(folder, `.s.PGSQL.${port}`), done));

  const cut = (): void => {
    state = 'cut';
    for (const pair of [...pairs]) for (const socket of pair) socket.destroy();
  };

  return {
    url: target.toString(),
    cut,
    hang() {
      state = 'hanging';
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    restore() {
      state = 'open';
      for (const pair of pairs) for (const socket of pair) socket.resume();
    },
    cutAtAnswer(text) {
      trap = text;
    },
    async close() {
      cut();
      await new Promise<void>((done) => server.close(() => done()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
