import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds to wait before the nth restart in a row: 0.25 s, doubling up to 15 s. */
export const restartDelay = (failures: number): number => Math.min(250 * 2 ** Math.max(0, failures - 1), 15_000);

// After so long without a crash the next one counts as the first.
const STEADY_MS = 60_000;
const STOP_PATIENCE_MS = 15_000;

export interface Child {
  /** Whether the process that runs now said that it is ready. */
  isUp(): boolean;
  /** Resolves at the first `ready`. @throws Error when it ends three times before. */
  ready: Promise<void>;
  /** Asks it to finish, and ends it when it does not. */
  stop(): Promise<void>;
}

/**
 * Keeps a Node process running: started again with growing pauses when it ends. The protocol over the IPC channel: it is
 * sent the late variables (and may load everything until then), it says `ready`, it is told `stop`; and it ends by itself
 * when the channel breaks, so that it never outlives us.
 */
export function keepRunning(options: {
  name: string;
  script: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Environment variables that are known only once other parts are up. */
  late: Promise<Record<string, string>>;
  report: (line: string) => void;
}): Child {
  let process: ChildProcess | undefined;
  let up = false;
  let stopping = false;
  let failures = 0;
  let settle: { done(): void; fail(error: Error): void };
  let wasReady = false;
  const ready = new Promise<void>((done, fail) => {
    settle = { done, fail };
  });

  function start(): void {
    const startedAt = performance.now();
    const child = spawn(globalThis.process.execPath, [options.script, ...options.args], {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    process = child;
    options.late.then(
      (variables) => child.connected && child.send(variables, () => {}),
      () => {},
    );
    child.on('message', (message) => {
      if (message !== 'ready') return;
      up = true;
      wasReady = true;
      settle.done();
    });
    child.once('error', () => {});
    child.once('close', (code, signal) => {
      up = false;
      if (stopping) return;
      failures = performance.now() - startedAt > STEADY_MS ? 1 : failures + 1;
      if (!wasReady && failures >= 3) {
        settle.fail(new Error(`The ${options.name} process does not start; what it said stands above.`));
        return;
      }
      const delay = restartDelay(failures);
      options.report(`The ${options.name} process ended (${signal ?? `exit code ${code}`}); next try in ${delay} ms.`);
      setTimeout(() => {
        if (!stopping) start();
      }, delay);
    });
  }

  async function stop(): Promise<void> {
    stopping = true;
    const child = process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = new Promise<void>((done) => child.once('close', () => done()));
    if (child.connected) child.send('stop', () => {});
    const patience = new AbortController();
    await Promise.race([closed, sleep(STOP_PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => {})]);
    patience.abort();
    child.kill('SIGKILL');
    await closed;
  }

  start();
  return { isUp: () => up, ready, stop };
}
