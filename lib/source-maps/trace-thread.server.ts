import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { log } from '../log.server';
import type { Original } from './original-frames';
import type { Position } from './trace-positions';

export interface TraceRequest {
  id: number;
  checksum: string;
  positions: readonly Position[];
}

type Answer = (Original | null)[] | null;

/** A thread that nobody asked for this long gives its memory back. */
const IDLE_MS = 5 * 60_000;
const MEMORY_MB = 1024;
/** Loading the thread's code takes this long at most, on a machine that has much else to do. */
const START_MS = 15_000;
/** More than this many waiting are too many for any of them to come in time. */
const MAX_WAITING = 200;

/**
 * Reads maps in a thread of its own, so that parsing a large one holds up nobody but who needs it. The thread starts with
 * the first question, and again after it has died of a map that was too large for it.
 */
export class TraceThread {
  readonly #folder: string;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #worker: Worker | undefined;
  /** Resolves once the thread listens, or is not going to. */
  #started: Promise<void> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;
  #next = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Null when the thread is too busy, does not come back within `patienceMs` once it has started, or died. */
  async trace(checksum: string, positions: readonly Position[], patienceMs: number): Promise<Answer> {
    if (this.#waiting.size >= MAX_WAITING) return null;
    const id = this.#next++;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.#running().postMessage({ id, checksum, positions } satisfies TraceRequest);
    const late = this.#started.then(
      () => new Promise<null>((resolve) => void setTimeout(resolve, patienceMs, null).unref()),
    );
    const answer = await Promise.race([answered, late]);
    this.#waiting.delete(id);
    return answer;
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    for (const answer of [...this.#waiting.values()]) answer(null);
    await worker?.terminate();
  }

  #running(): Worker {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#rest(), IDLE_MS).unref();
    if (this.#worker) return this.#worker;
    const worker = new Worker(fileURLToPath(new URL('./map-thread.mjs', import.meta.url)), {
      workerData: { folder: this.#folder },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      execArgv: [],
    });
    worker.unref();
    worker.on('message', ({ id, originals }: { id: number; originals: Answer }) => this.#waiting.get(id)?.(originals));
    this.#started = new Promise((resolve) => {
      const timer = setTimeout(resolve, START_MS).unref();
      const settle = (): void => {
        clearTimeout(timer);
        resolve();
      };
      worker.once('message', settle).once('exit', settle);
    });
    worker.on('error', (error) => log().warn({ err: error }, 'The thread that reads source maps died'));
    worker.on('exit', () => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      for (const answer of [...this.#waiting.values()]) answer(null);
    });
    this.#worker = worker;
    return worker;
  }

  #rest(): void {
    if (this.#waiting.size === 0) void this.close();
  }
}
