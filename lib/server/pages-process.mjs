// The process that runs Next. Plain JavaScript, so that it starts without a transpiler in between.
import { chmodSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import next from 'next';

const [, , socketPath, mode, dir] = process.argv;

process.title = 'errata pages';
// The parent decides when to stop, in order; Ctrl-C in a terminal reaches all of us at once.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.once('disconnect', () => process.exit(0));

const server = createServer((request, response) => handle(request, response));
const app = next({ dev: mode === 'dev', dir, httpServer: server, hostname: 'localhost', quiet: true });
const handle = app.getRequestHandler();
const told = new Promise((resolve) => {
  process.on('message', (message) => (message === 'stop' ? stop() : resolve(message)));
});
// Next runs instrumentation.ts when it likes, before the database is known or after.
globalThis.errataDatabaseKnown = told.then((variables) => Object.assign(process.env, variables));
await app.prepare();
await globalThis.errataDatabaseKnown;

// The front keeps its connections; one that was closed while it sends would be an error for nothing.
server.keepAliveTimeout = 0;
server.requestTimeout = 0;
server.headersTimeout = 0;
// One that was killed leaves its socket, on which nobody could listen again. There is one of us at a time.
rmSync(socketPath, { force: true });
server.listen(socketPath, () => {
  chmodSync(socketPath, 0o600);
  process.send?.('ready');
  // Next gets ready with its first request at the latest.
  request({ socketPath, path: '/api/health' }, (answer) => answer.resume())
    .on('error', () => {})
    .end();
});

function stop() {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  // Streams that a browser holds open do not end by themselves.
  setTimeout(() => process.exit(0), 3000).unref();
}
