/** The queue is full: the caller should answer 503 and let the client come back. */
export class QueueFull extends Error {
  constructor() {
    super('Too many events are waiting to be stored.');
    this.name = 'QueueFull';
  }
}

interface Limits {
  /** Items and bytes of one write. A single item may be larger. */
  batchItems: number;
  batchBytes: number;
  /** Bytes that may wait. */
  queueBytes: number;
}

/** One submission; it is answered when the last of its items is. */
interface Ticket<O> {
  results: O[];
  open: number;
  resolve(results: O[]): void;
  reject(error: unknown): void;
}

interface Waiting<I, O> {
  item: I;
  bytes: number;
  ticket: Ticket<O>;
  at: number;
}

/** Submissions that are answered in one turn of the event loop. */
const ANSWERS_PER_TURN = 64;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Natural batching: whatever was submitted while the last write was under way is the next write; one at a time. So an idle
 * system writes at once, and a busy one in ever larger batches.
 */
export class GroupCommit<I, O> {
  readonly #write: (items: I[]) => Promise<O[]>;
  readonly #limits: Limits;
  #queue: Waiting<I, O>[] = [];
  #queuedBytes = 0;
  #running: Promise<void> | null = null;

  constructor(write: (items: I[]) => Promise<O[]>, limits: Limits) {
    this.#write = write;
    this.#limits = limits;
  }

  /** Items that wait or are being written. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Resolves with one result per item, in order, once all are written.
   * @throws QueueFull at once when they do not fit; whatever `write` throws for the batch that holds one of them.
   */
  submit(items: readonly { item: I; bytes: number }[]): Promise<O[]> {
    if (items.length === 0) return Promise.resolve([]);
    const bytes = items.reduce((sum, entry) => sum + entry.bytes, 0);
    // One submission always fits into an empty queue, or it could never be made.
    if (this.#queuedBytes > 0 && this.#queuedBytes + bytes > this.#limits.queueBytes)
      return Promise.reject(new QueueFull());
    return new Promise((resolve, reject) => {
      const ticket: Ticket<O> = { results: new Array(items.length), open: items.length, resolve, reject };
      for (const [at, entry] of items.entries()) this.#queue.push({ ...entry, ticket, at });
      this.#queuedBytes += bytes;
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits any more. */
  async drain(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #take(): Waiting<I, O>[] {
    let bytes = 0;
    let count = 0;
    for (const entry of this.#queue) {
      if (count > 0 && (count >= this.#limits.batchItems || bytes + entry.bytes > this.#limits.batchBytes)) break;
      bytes += entry.bytes;
      count++;
    }
    const batch = this.#queue.slice(0, count);
    this.#queue = this.#queue.slice(count);
    this.#queuedBytes -= bytes;
    return batch;
  }

  async #run(): Promise<void> {
    // What arrives in the same turn of the event loop shares the first write.
    await nextTurn();
    while (this.#queue.length > 0) {
      const batch = this.#take();
      try {
        const results = await this.#write(batch.map(({ item }) => item));
        let answered = 0;
        for (const [index, { ticket, at }] of batch.entries()) {
          ticket.results[at] = results[index]!;
          if (--ticket.open > 0) continue;
          ticket.resolve(ticket.results);
          if (++answered % ANSWERS_PER_TURN === 0) await nextTurn();
        }
      } catch (error) {
        for (const { ticket } of batch) ticket.reject(error);
      }
    }
    this.#running = null;
  }
}
