import { readFileSync } from 'node:fs';
import type { Command } from 'commander';

/** How long a stop may take before what is left is cut off. */
const STOP_MS = 30_000;

function stat(pid: number): { name: string; parent: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = text.lastIndexOf(')');
    return { name: text.slice(text.indexOf('(') + 1, end), parent: Number(text.slice(end + 2).split(' ')[1]) };
  } catch {
    return undefined;
  }
}

/** The processes between us and the npm that ran us, npm included: `npm start` puts a shell in between. */
function lineage(): number[] {
  const parent = stat(process.ppid);
  return parent?.name.endsWith('sh') ? [process.ppid, parent.parent] : [process.ppid];
}

/**
 * Resolves when it is time to stop: a signal, or the npm that ran us is gone. (Killed outright, it takes nobody along,
 * and the port would stay taken.)
 */
function untilTold(): Promise<void> {
  return new Promise((stop) => {
    const once = () => {
      setTimeout(() => process.exit(1), STOP_MS).unref();
      // A second Ctrl-C means now.
      process.on('SIGINT', () => process.exit(130));
      stop();
    };
    process.once('SIGINT', once).once('SIGTERM', once).once('SIGHUP', once);
    if (!process.env.npm_lifecycle_event) return;
    const before = lineage().join();
    const timer = setInterval(() => {
      if (lineage().join() === before) return;
      clearInterval(timer);
      once();
    }, 500);
    timer.unref();
  });
}

export function register(program: Command): void {
  program
    .command('start')
    .description('run Errata: database, pages, capture and worker, on one port')
    .option('--port <port>', 'port to listen on (PORT, default 8090)')
    .option('--host <host>', 'address to listen on (HOST, default 0.0.0.0)')
    .option('--demo', 'load the sample data', false)
    .option('--dev', 'development: reload on change instead of building', false)
    .action(async (options: { port?: string; host?: string; demo: boolean; dev: boolean }) => {
      process.title = 'errata';
      Object.assign(process.env, {
        ...(options.port === undefined ? {} : { PORT: options.port }),
        ...(options.host === undefined ? {} : { HOST: options.host }),
        ...(options.dev ? { NODE_ENV: 'development' } : {}),
      });
      const { supervise } = await import('@/lib/server/supervise.server');
      await supervise({ dev: options.dev, demo: options.demo }, untilTold());
      process.exit(0);
    });
}
