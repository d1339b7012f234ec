import { connect, type Socket } from 'node:net';

/** How a load went; times in ms. `events` is what was accepted. */
export interface Load {
  events: number;
  seconds: number;
  rate: number;
  p50: number;
  p99: number;
  /** Requests that were answered with anything but 200 or 201, by status. */
  refused: Record<string, number>;
}

export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** The request of a body, as bytes. */
export function requestOf(path: string, body: Buffer, headers: Record<string, string>): Buffer {
  const lines = Object.entries({ host: 'bench', ...headers, 'content-length': String(body.length) });
  return Buffer.concat([
    Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`),
    body,
  ]);
}

/**
 * One connection that is kept open. Node's own client takes as much of the processor as the server it would measure; this
 * one knows no more than the status and the length of an answer.
 */
class Connection {
  readonly #socket: Socket;
  #received: Buffer[] = [];
  #length = 0;
  #awaited = 0;
  #status = 0;
  #settle: ((status: number) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#socket.on('error', (error) => this.#fail?.(error));
    this.#socket.on('close', () => this.#fail?.(new Error('The connection was closed.')));
  }

  send(request: Buffer): Promise<number> {
    this.#received = [];
    this.#length = 0;
    this.#awaited = 0;
    return new Promise((resolve, reject) => {
      this.#settle = resolve;
      this.#fail = reject;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#fail = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#awaited === 0) {
      this.#received.push(chunk);
      const all = this.#received.length === 1 ? chunk : Buffer.concat(this.#received);
      const end = all.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = all.toString('latin1', 0, end);
      this.#status = Number(head.slice(9, 12));
      this.#awaited = end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    }
    if (this.#length < this.#awaited) return;
    this.#settle?.(this.#status);
  }
}

/** Sends what `next` gives over so many connections, each as soon as its last one was answered. */
export async function load(
  port: number,
  next: () => Buffer,
  options: { perRequest: number; connections: number; seconds: number },
): Promise<Load> {
  const times: number[] = [];
  const refused: Record<string, number> = {};
  let accepted = 0;
  const started = performance.now();
  const until = started + options.seconds * 1000;
  await Promise.all(
    Array.from({ length: options.connections }, async () => {
      const connection = new Connection(port);
      while (performance.now() < until) {
        const at = performance.now();
        const status = await connection.send(next());
        times.push(performance.now() - at);
        if (status === 200 || status === 201) accepted++;
        else refused[status] = (refused[status] ?? 0) + 1;
      }
      connection.close();
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const events = accepted * options.perRequest;
  return {
    events,
    seconds,
    rate: events / seconds,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    refused,
  };
}
