import type { Command } from 'commander';

/** How long jobs that run may take to finish; a job cut off runs again. */
const LAST_JOBS_MS = 10_000;

export function register(program: Command): void {
  program
    .command('worker')
    .description('run jobs only, beside an Errata on the same DATABASE_URL (errata start has a worker of its own)')
    .action(async () => {
      process.title = 'errata worker';
      const { stop, begin } = process.send ? belowStart() : alone();
      const { disconnectDb } = await import('@/lib/db/client.server');
      const { startWorker } = await import('@/lib/jobs/worker.server');
      if ((await Promise.race([begin, stop.then(() => 'stopped')])) === 'stopped') process.exit(0);
      const worker = await startWorker();
      process.send?.('ready');
      const { warmEntryIndex } = await import('@/lib/search/entry-index.server');
      void warmEntryIndex();
      await Promise.race([stop, worker.ended]);
      setTimeout(() => process.exit(1), LAST_JOBS_MS).unref();
      await worker.stop().catch(() => {});
      await disconnectDb();
      process.exit(0);
    });
}

/** Stops on a signal. */
function alone() {
  const stop = new Promise<void>((done) => process.once('SIGINT', done).once('SIGTERM', done));
  return { stop, begin: Promise.resolve() };
}

/** The parent sends the environment once the database is up, stops us in order, and we never outlive it. */
function belowStart() {
  process.on('SIGINT', () => {}).on('SIGTERM', () => {});
  let begun = () => {};
  const begin = new Promise<void>((done) => {
    begun = done;
  });
  const stop = new Promise<void>((done) => {
    process.once('disconnect', done);
    process.on('message', (message) => {
      if (message === 'stop') done();
      else {
        Object.assign(process.env, message);
        begun();
      }
    });
  });
  return { stop, begin };
}
