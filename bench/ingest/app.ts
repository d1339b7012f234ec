import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCapture } from '@/lib/ingest/receive-events.server';
import { profileStages } from './stages';

/** What the process under test tells of itself: seconds of the processor, megabytes now and at most. */
export interface AppUsage {
  cpu: number;
  rss: number;
  peak: number;
  /** Milliseconds of the main thread by stage, since the last time. */
  stages: Record<string, number>;
}

/** The process under test: the capture routes and nothing else. Answers each message with its usage since the start. */
export async function serve(databaseUrl: string, profiled: boolean): Promise<void> {
  const capture = createCapture({ databaseUrl, publicUrl: 'http://bench', openCapture: false });
  const server = createServer((message, response) => {
    void capture.handle(message, response, new URL(message.url ?? '/', 'http://bench'));
  });
  let peak = 0;
  setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 100).unref();
  const look = profiled ? profileStages : async () => async () => ({});
  let stop: () => Promise<Record<string, number>> = await look();
  process.on('message', async () => {
    const stages = await stop();
    stop = await look();
    const { user, system } = process.cpuUsage();
    const rss = process.memoryUsage.rss();
    process.send?.({
      cpu: (user + system) / 1e6,
      rss: rss / 1e6,
      peak: Math.max(peak, rss) / 1e6,
      stages,
    } satisfies AppUsage);
  });
  process.on('disconnect', () => process.exit());
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}
