import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../errors';
import { PROBLEM_TYPE, toProblem } from '../http/problem';
import { endToEnd, forwardedHeaders } from './proxy-headers';

export interface PagesProxy {
  /** Streams a request to Next and its answer back. */
  pass(request: IncomingMessage, response: ServerResponse): void;
  /** The same for a WebSocket: hot reload in development. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

const WAITING_PAGE = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>Errata</title>
<style>body{font:14px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:26rem;padding:0 1rem;color-scheme:light dark}</style>
<h1 style="font-size:18px">The pages are restarting</h1>
<p>Errors are still being captured. This page tries again every two seconds.</p></html>`;

/** Sends what a person or a program understands when the process behind does not answer. */
function refuse(request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const html = request.headers.accept?.includes('text/html') ?? false;
  const error = new AppError('unavailable', 'The process that serves pages and the REST API is restarting.');
  const body = html ? WAITING_PAGE : JSON.stringify({ ...toProblem(error), status: 502 });
  response.writeHead(502, {
    'content-type': html ? 'text/html; charset=utf-8' : PROBLEM_TYPE,
    'cache-control': 'no-store',
    'retry-after': '2',
    'x-content-type-options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Tells which methods an address knows, where Next says only that it is another. */
function refuseMethod(request: IncomingMessage, response: ServerResponse, allow: string): void {
  const error = new AppError('method_not_allowed', `${request.method} is not possible here; ${allow} are.`);
  response.writeHead(error.status, {
    'content-type': PROBLEM_TYPE,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    allow,
  });
  response.end(request.method === 'HEAD' ? undefined : JSON.stringify(toProblem(error)));
}

const seenFrom = (request: IncomingMessage) => ({
  // Where HOST is ::, an IPv4 client shows up as ::ffff:10.0.0.7.
  address: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
  encrypted: false,
});

export function proxyPages({ socketPath, trustProxy }: { socketPath: string; trustProxy: boolean }): PagesProxy {
  const agent = new Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 64 });

  function pass(request: IncomingMessage, response: ServerResponse): void {
    const onward = httpRequest({
      agent,
      socketPath,
      method: request.method,
      path: request.url,
      // Pages cannot see their own address; the sign-in page needs it to come back.
      headers: { ...forwardedHeaders(request.headers, seenFrom(request), trustProxy), 'x-errata-path': request.url },
    });
    onward.once('response', (answer) => {
      if (answer.statusCode === 405 && !answer.headers['content-type']) {
        answer.resume();
        explainMethod(request, response);
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.headers));
      answer.pipe(response);
      answer.once('error', () => response.destroy());
    });
    onward.once('error', () => refuse(request, response));
    // The other side went away: nobody waits for the answer any more.
    response.once('close', () => onward.destroy());
    request.pipe(onward);
  }

  /** Next answers OPTIONS with the methods that a route has. */
  function explainMethod(request: IncomingMessage, response: ServerResponse): void {
    httpRequest({ agent, socketPath, method: 'OPTIONS', path: request.url })
      .once('response', (answer) => {
        answer.resume();
        refuseMethod(request, response, answer.headers.allow ?? 'GET');
      })
      .once('error', () => refuse(request, response))
      .end();
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const headers = {
      ...forwardedHeaders(request.headers, seenFrom(request), trustProxy),
      connection: 'Upgrade',
      upgrade: request.headers.upgrade,
    };
    const onward = httpRequest({ socketPath, method: request.method, path: request.url, headers });
    const end = () => {
      socket.destroy();
      onward.destroy();
    };
    socket.once('error', end);
    onward.once('error', end).once('response', end);
    onward.once('upgrade', (answer, upstream, upstreamHead) => {
      const lines = Object.entries(answer.headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((one) => `${name}: ${one}`),
      );
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
      if (upstreamHead.length > 0) socket.write(upstreamHead);
      if (head.length > 0) upstream.write(head);
      upstream.once('error', end).once('close', end);
      socket.once('close', end);
      upstream.pipe(socket).pipe(upstream);
    });
    onward.end();
  }

  return { pass, upgrade, close: () => agent.destroy() };
}
