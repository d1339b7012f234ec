import { describe, expect, it } from 'vitest';
import { GroupCommit, QueueFull } from './group-commit';

/** A writer whose writes end when the test says so. */
function heldWriter() {
  const batches: number[][] = [];
  const release: ((error?: Error) => void)[] = [];
  const write = (items: number[]): Promise<string[]> =>
    new Promise((resolve, reject) => {
      batches.push(items);
      release.push((error) => (error ? reject(error) : resolve(items.map((item) => `#${item}`))));
    });
  return { batches, release, write };
}
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
const one = (item: number, bytes = 1) => [{ item, bytes }];
const LIMITS = { batchItems: 3, batchBytes: 100, queueBytes: 1000 };

describe('GroupCommit', () => {
  it('writes what arrived during a write as the next batch, one at a time', async () => {
    const { batches, release, write } = heldWriter();
    const queue = new GroupCommit(write, LIMITS);
    const first = queue.submit(one(1));
    await turn();
    const rest = Promise.all([queue.submit(one(2)), queue.submit([...one(3), ...one(4), ...one(5)])]);
    await turn();
    expect(batches).toEqual([[1]]);
    release[0]?.();
    expect(await first).toEqual(['#1']);
    await turn();
    expect(batches).toEqual([[1], [2, 3, 4]]);
    release[1]?.();
    await turn();
    release[2]?.();
    expect(await rest).toEqual([['#2'], ['#3', '#4', '#5']]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('shares a write among what is submitted in one turn, up to the bytes of a batch', async () => {
    const { batches, release, write } = heldWriter();
    const queue = new GroupCommit(write, LIMITS);
    for (const bytes of [60, 60, 500]) void queue.submit(one(bytes, bytes));
    for (let at = 0; at < 3; at++) {
      await turn();
      release[at]?.();
    }
    await queue.drain();
    expect(batches).toEqual([[60], [60], [500]]);
  });

  it('fails only the submissions of the batch that failed', async () => {
    const { release, write } = heldWriter();
    const queue = new GroupCommit(write, LIMITS);
    const first = queue.submit(one(1));
    await turn();
    const second = queue.submit(one(2));
    release[0]?.(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await turn();
    release[1]?.();
    expect(await second).toEqual(['#2']);
  });

  it('refuses what does not fit, takes it again when there is room, and drains', async () => {
    const { release, write } = heldWriter();
    const queue = new GroupCommit(write, { batchItems: 1, batchBytes: 10, queueBytes: 10 });
    const first = queue.submit(one(1, 50));
    await expect(queue.submit(one(2, 1))).rejects.toBeInstanceOf(QueueFull);
    await turn();
    const third = queue.submit(one(3, 1));
    release[0]?.();
    await turn();
    release[1]?.();
    expect(await Promise.all([first, third])).toEqual([['#1'], ['#3']]);
    await queue.drain();
    expect(queue.waiting).toBe(0);
  });
});

describe('Two writes at a time', () => {
  const TWO = { ...LIMITS, writes: 2, furtherItems: 2, keyOf: (item: number) => (item < 0 ? `key ${item}` : null) };

  it('begins the second when enough waits, and never a third', async () => {
    const { batches, release, write } = heldWriter();
    const queue = new GroupCommit(write, TWO);
    const all = [queue.submit([...one(1), ...one(2)])];
    await turn();
    all.push(queue.submit(one(3)));
    await turn();
    expect(batches).toEqual([[1, 2]]);
    all.push(queue.submit(one(4)));
    await turn();
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ]);
    all.push(queue.submit([...one(5), ...one(6), ...one(7)]));
    await turn();
    expect(batches).toHaveLength(2);
    release[1]?.();
    await turn();
    expect(batches[2]).toEqual([5, 6, 7]);
    release[2]?.();
    release[0]?.();
    expect((await Promise.all(all)).flat()).toEqual(['#1', '#2', '#3', '#4', '#5', '#6', '#7']);
    await queue.drain();
  });

  it('lets what repeats an item under way wait for it, and nothing else', async () => {
    const { batches, release, write } = heldWriter();
    const queue = new GroupCommit(write, TWO);
    const first = queue.submit(one(-1));
    await turn();
    const repeat = queue.submit([...one(-1), ...one(-2)]);
    const other = queue.submit(one(3));
    await turn();
    expect(batches).toEqual([[-1], [-2, 3]]);
    release[1]?.();
    expect(await other).toEqual(['#3']);
    await turn();
    expect(batches).toHaveLength(2);
    release[0]?.();
    expect(await first).toEqual(['#-1']);
    await turn();
    expect(batches[2]).toEqual([-1]);
    release[2]?.();
    expect(await repeat).toEqual(['#-1', '#-2']);
    await queue.drain();
  });

  it('drains what waits behind a write that fails', async () => {
    const { release, write } = heldWriter();
    const queue = new GroupCommit(write, TWO);
    const failed = queue.submit(one(-1));
    await turn();
    const repeat = queue.submit(one(-1));
    const drained = queue.drain();
    release[0]?.(new Error('away'));
    await expect(failed).rejects.toThrow('away');
    await turn();
    release[1]?.();
    expect(await repeat).toEqual(['#-1']);
    await drained;
    expect(queue.waiting).toBe(0);
  });
});

describe('Many answers', () => {
  it('leaves others a turn in between', async () => {
    const count = 200;
    const queue = new GroupCommit(async (items: number[]) => items, {
      batchItems: count,
      batchBytes: count,
      queueBytes: count,
    });
    let answered = 0;
    let seenInBetween = 0;
    const look = (): void => {
      if (answered > 0 && answered < count) seenInBetween++;
      if (answered < count) setImmediate(look);
    };
    setImmediate(look);
    await Promise.all(Array.from({ length: count }, (_, item) => queue.submit(one(item)).then(() => answered++)));
    expect(seenInBetween).toBeGreaterThan(0);
  });
});
