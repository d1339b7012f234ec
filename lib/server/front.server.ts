import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../errors';
import { PROBLEM_TYPE, toProblem } from '../http/problem';
import type { Capture } from '../ingest/receive-events.server';
import { log } from '../log.server';
import { proxyPages } from './proxy-pages.server';
import type { Readiness } from './readiness.server';
import { staticFiles } from './static-files.server';

export interface Front {
  server: Server;
  /** Takes no more requests, lets those under way finish (2 s at most), and stores what capture has accepted. */
  close(): Promise<void>;
}

const CLOSE_PATIENCE_MS = 2000;

function sendJson(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: unknown,
  type: string,
): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : JSON.stringify(body));
}

const sendProblem = (request: IncomingMessage, response: ServerResponse, error: AppError): void =>
  sendJson(request, response, error.status, toProblem(error), PROBLEM_TYPE);

/** Undefined for what is no address: Next and PostgreSQL would fail on broken percent-encoding and on NUL characters. */
function parseUrl(request: IncomingMessage): URL | undefined {
  try {
    const url = new URL(request.url ?? '/', 'http://errata');
    decodeURIComponent(url.pathname);
    return url.href.includes('%00') ? undefined : url;
  } catch {
    return undefined;
  }
}

/**
 * The server that owns the port: answers the probes and capture itself, so that they go on while the pages are busy or
 * restart, sends the compressed files of the build, and streams everything else to Next.
 */
export function createFront(options: {
  capture: Capture;
  pagesSocket: string;
  /** What a build made for browsers; absent in development, where nothing is built. */
  staticFolder?: string;
  readiness: () => Promise<Readiness>;
  trustProxy: boolean;
  version: string;
  /** Passes WebSockets on too: hot reload in development. */
  upgrades: boolean;
}): Front {
  const pages = proxyPages({ socketPath: options.pagesSocket, trustProxy: options.trustProxy });
  const files = options.staticFolder === undefined ? null : staticFiles(options.staticFolder);
  const probes: Record<string, (request: IncomingMessage, response: ServerResponse) => void | Promise<void>> = {
    '/health': (request, response) =>
      sendJson(request, response, 200, { status: 'healthy', version: options.version }, 'application/json'),
    '/ready': async (request, response) => {
      const { ready, degraded, parts } = await options.readiness();
      const body = { status: !ready ? 'not_ready' : degraded ? 'degraded' : 'ready', parts };
      sendJson(request, response, ready ? 200 : 503, body, 'application/json');
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = parseUrl(request);
    if (!url) {
      sendProblem(request, response, new AppError('bad_request', 'The request target is not a valid URL.'));
      return;
    }
    const probe = probes[url.pathname];
    if (probe && (request.method === 'GET' || request.method === 'HEAD')) {
      await probe(request, response);
      return;
    }
    if (await options.capture.handle(request, response, url)) return;
    if (await files?.serve(request, response, url.pathname)) return;
    pages.pass(request, response);
  }

  // Answers that have not begun; whoever gets one while we close must not send more on that connection.
  const open = new Set<ServerResponse>();
  let closing = false;
  const server = createServer({ connectionsCheckingInterval: 5000 }, (request, response) => {
    if (closing) response.setHeader('connection', 'close');
    open.add(response);
    response.once('close', () => open.delete(response));
    answer(request, response).catch((error) => {
      if (!(error instanceof AppError)) log().error({ err: error, path: request.url }, 'The front failed on a request');
      if (response.headersSent) response.destroy();
      else {
        const known = error instanceof AppError ? error : new AppError('internal', 'Unexpected', { cause: error });
        sendProblem(request, response, known);
      }
    });
  });
  // A client that dribbles its headers or body holds a connection and nothing else, and not for long.
  server.headersTimeout = 15_000;
  server.requestTimeout = 120_000;
  // Longer than the usual load balancer, so that it is never we who close first.
  server.keepAliveTimeout = 75_000;
  const upgraded = new Set<Duplex>();
  server.on('upgrade', (request, socket, head) => {
    if (!options.upgrades) {
      socket.destroy();
      return;
    }
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    pages.upgrade(request, socket, head);
  });

  async function close(): Promise<void> {
    const closed = new Promise<void>((done) => server.close(() => done()));
    closing = true;
    for (const response of open) if (!response.headersSent) response.setHeader('connection', 'close');
    server.closeIdleConnections();
    await options.capture.drain();
    // Streams to browsers do not finish by themselves.
    const timer = setTimeout(() => server.closeAllConnections(), CLOSE_PATIENCE_MS);
    for (const socket of upgraded) socket.destroy();
    await closed;
    clearTimeout(timer);
    // What came in on connections that were open still.
    await options.capture.drain();
    pages.close();
  }

  return { server, close };
}
