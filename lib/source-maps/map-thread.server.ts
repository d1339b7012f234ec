import { parentPort, workerData } from 'node:worker_threads';
import { ScriptMaps } from './script-maps.server';
import type { TraceRequest } from './trace-thread.server';

/** The thread's side: answers each request with what its map says. */
const maps = new ScriptMaps((workerData as { folder: string }).folder);

parentPort?.on('message', async ({ id, checksum, positions }: TraceRequest) => {
  parentPort?.postMessage({ id, originals: await maps.trace(checksum, positions) });
});

// The first message says that the code is loaded.
parentPort?.postMessage({ id: -1, originals: null });
