/** The queue is full: the caller should answer 503 and let the client come back. */
export class QueueFull extends Error {
  constructor() {
    super('Too many events are waiting to be stored.');
    this.name = 'QueueFull';
  }
}

interface Limits<I> {
  /** Items and bytes of one write. A single item may be larger. */
  batchItems: number;
  batchBytes: number;
  /** Bytes that may wait. */
  queueBytes: number;
  /** Writes under way at a time; one by default. */
  writes?: number;
  /** Items that must wait before a further write begins beside others. */
  furtherItems?: number;
  /** Items with the same key are never in two writes at a time; null goes with any. */
  keyOf?(item: I): string | null;
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
 * Natural batching: whatever was submitted while writes were under way is the next write. So an idle system writes at
 * once, and a busy one in ever larger batches. A further write begins beside others only when it is large: two small ones
 * cost more than one.
 */
export class GroupCommit<I, O> {
  readonly #write: (items: I[]) => Promise<O[]>;
  readonly #limits: Limits<I>;
  #queue: Waiting<I, O>[] = [];
  #queuedBytes = 0;
  #writing = 0;
  /** Of the items that are being written. */
  readonly #keys = new Set<string>();
  /** Writes whose items are not all answered yet. */
  #unanswered = 0;
  #starting = false;
  #whenIdle: (() => void)[] = [];

  constructor(write: (items: I[]) => Promise<O[]>, limits: Limits<I>) {
    this.#write = write;
    this.#limits = limits;
  }

  /** Items that wait. */
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
      for (const [at, { item, bytes }] of items.entries()) this.#queue.push({ item, bytes, ticket, at });
      this.#queuedBytes += bytes;
      this.#startSoon();
    });
  }

  /** Resolves when everything is written and answered. */
  async drain(): Promise<void> {
    while (this.#queue.length > 0 || this.#unanswered > 0) {
      await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    }
  }

  /** What arrives in the same turn of the event loop shares the write. */
  #startSoon(): void {
    if (this.#starting || !this.#mayStart()) return;
    this.#starting = true;
    void nextTurn().then(() => {
      this.#starting = false;
      this.#start();
    });
  }

  #mayStart(): boolean {
    const { writes = 1, furtherItems = 1, batchBytes } = this.#limits;
    if (this.#queue.length === 0 || this.#writing >= writes) return false;
    return this.#writing === 0 || this.#queue.length >= furtherItems || this.#queuedBytes >= batchBytes;
  }

  #start(): void {
    while (this.#mayStart()) {
      const batch = this.#take();
      // All of it repeats what is being written.
      if (batch.length === 0) return;
      void this.#run(batch);
    }
  }

  #take(): Waiting<I, O>[] {
    const { batchItems, batchBytes, keyOf } = this.#limits;
    const batch: Waiting<I, O>[] = [];
    const passed: Waiting<I, O>[] = [];
    let bytes = 0;
    let next = 0;
    for (; next < this.#queue.length; next++) {
      const entry = this.#queue[next]!;
      const key = keyOf?.(entry.item);
      if (key && this.#keys.has(key)) {
        passed.push(entry);
        continue;
      }
      if (batch.length > 0 && (batch.length >= batchItems || bytes + entry.bytes > batchBytes)) break;
      bytes += entry.bytes;
      batch.push(entry);
    }
    this.#queue = [...passed, ...this.#queue.slice(next)];
    this.#queuedBytes -= bytes;
    return batch;
  }

  async #run(batch: readonly Waiting<I, O>[]): Promise<void> {
    const keys = batch.flatMap(({ item }) => this.#limits.keyOf?.(item) ?? []);
    for (const key of keys) this.#keys.add(key);
    this.#writing++;
    this.#unanswered++;
    const results = await this.#write(batch.map(({ item }) => item)).catch((error: unknown) => {
      for (const { ticket } of batch) ticket.reject(error);
    });
    this.#writing--;
    for (const key of keys) this.#keys.delete(key);
    this.#startSoon();
    if (results) await this.#answer(batch, results);
    if (--this.#unanswered > 0 || this.#queue.length > 0) return;
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  async #answer(batch: readonly Waiting<I, O>[], results: readonly O[]): Promise<void> {
    let answered = 0;
    for (const [index, { ticket, at }] of batch.entries()) {
      ticket.results[at] = results[index]!;
      if (--ticket.open > 0) continue;
      ticket.resolve(ticket.results);
      if (++answered % ANSWERS_PER_TURN === 0) await nextTurn();
    }
  }
}
