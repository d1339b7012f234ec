import { expect, test } from 'vitest';
import { getPool } from '../db/client.server';
import { AppError } from '../errors';
import { HOUR_MS } from '../time';
import { listGroupings } from './list-groupings.server';
import { type Account, ago, countedAccounts, type Sent, storedAccounts, useMoves } from './move-fixture';
import { personHash } from './person-hash';

/** Whatever is merged, split, taken back, deleted and captured in between, by chance. */

const { capture, split, merge, unmerge, undo, context } = useMoves();

/** The same numbers for the same seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const column = async <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await getPool().query<{ it: T }>(sql, values)).rows.map((row) => row.it);

/** A run of deeds, with what was sent in the course of it. */
function play(seed: number) {
  const roll = dice(seed);
  const any = <T>(list: readonly T[]): T => list[roll(list.length)]!;
  const sent: Sent[] = [];
  const undos: string[] = [];
  // No two at the same time: which of them was the last would be chance.
  const send = async (count: number) => {
    const events = Array.from(
      { length: count },
      (_, at): Sent => ({
        type: any(['PayError', 'Other', 'Third', 'Fourth']),
        region: any(['eu', 'us', 'asia']),
        user: roll(7) === 0 ? undefined : `u${roll(6)}`,
        release: `1.${roll(3)}`,
        hoursAgo: 1 + roll(60) + roll(100) / 100 + (sent.length + at) / HOUR_MS,
      }),
    );
    sent.push(...events);
    await capture(...events);
  };
  const splitOff = async (input: Parameters<typeof split>[0], issue: number) => {
    undos.push((await split(input, `API-${issue}`)).undo);
  };
  const deeds: ((issue: number, others: number[]) => Promise<unknown> | undefined)[] = [
    () => send(3),
    (issue, others) => (others.length > 0 ? merge(issue, any(others)) : undefined),
    (issue) =>
      splitOff({ where: [{ field: 'tag', key: 'region', patterns: [any(['eu', 'us'])] }], rule: roll(2) === 0 }, issue),
    async (issue) => {
      const { data } = await listGroupings({ viewer: context.ada, issueId: `API-${issue}` });
      const hashes = data.map(({ hash }) => hash).sort();
      if (hashes.length > 0) await splitOff({ hashes: [any(hashes)] }, issue);
    },
    async (issue) => {
      const events = await column<string>(
        `SELECT replace(id::text, '-', '') AS it FROM event WHERE issue_number = $1 ORDER BY time, id LIMIT 3`,
        [issue],
      );
      if (events.length > 0) await splitOff({ events }, issue);
    },
    async () => {
      const merged = await column<[number, number]>(
        `SELECT json_build_array(t.number, i.number) AS it FROM issue i JOIN issue t ON t.number = i.merged_into
         WHERE t.merged_into IS NULL ORDER BY i.number`,
      );
      if (merged.length > 0) await unmerge(...any(merged));
    },
    async () => {
      if (undos.length > 0) await undo(undos.splice(roll(undos.length), 1)[0]!);
    },
  ];
  const forget = async (issue: number) => {
    if (roll(2) === 0) await getPool().query('DELETE FROM event WHERE time < $1', [ago(20 + roll(40))]);
    else
      await getPool().query(
        `DELETE FROM event WHERE issue_number = $1 AND time IN (
           SELECT time FROM (SELECT time, row_number() OVER (ORDER BY time) AS place FROM event WHERE issue_number = $1) e
           WHERE place % 2 = 0)`,
        [issue],
      );
  };
  const step = async (deletes: boolean): Promise<number> => {
    const live = await column<number>('SELECT number AS it FROM issue WHERE merged_into IS NULL ORDER BY number');
    const issue = any(live);
    const deed = roll(deeds.length + (deletes ? 1 : 0));
    const others = live.filter((each) => each !== issue);
    // Some deeds ask for what cannot be: they are refused, and change nothing.
    await Promise.resolve(deeds[deed] ? deeds[deed](issue, others) : forget(issue)).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    });
    return deed;
  };
  return { sent, send, step };
}

const sumUp = (records: readonly Record<number, number>[]): Record<number, number> => {
  const sums: Record<number, number> = {};
  for (const record of records)
    for (const [key, count] of Object.entries(record)) sums[Number(key)] = (sums[Number(key)] ?? 0) + count;
  return sums;
};

/** What is counted of an issue of which not all events are stored any more: no less than these, and no contradiction. */
function expectToCover(counted: Account, stored: Account | undefined): void {
  const hours = Object.keys(counted.hours)
    .map(Number)
    .sort((a, b) => a - b);
  const hourOf = (time: Date) => Math.floor(time.getTime() / HOUR_MS) * HOUR_MS;
  expect(hourOf(counted.first_seen)).toBe(hours[0]);
  expect(hourOf(counted.last_seen)).toBe(hours.at(-1));
  expect(counted.events).toBe(Object.values(counted.hours).reduce((sum, count) => sum + count));
  expect(counted.users).toBe(counted.people.length);
  if (!stored) return;
  for (const [hour, count] of Object.entries(stored.hours))
    expect(counted.hours[Number(hour)]).toBeGreaterThanOrEqual(count);
  expect(counted.people).toEqual(expect.arrayContaining(stored.people));
  expect(counted.tags).toEqual(expect.arrayContaining(stored.tags));
  expect(counted.first_seen.getTime()).toBeLessThanOrEqual(stored.first_seen.getTime());
  expect(counted.last_seen.getTime()).toBeGreaterThanOrEqual(stored.last_seen.getTime());
}

async function expectBooksToHold(sent: readonly Sent[]): Promise<void> {
  const counted = await countedAccounts();
  const stored = new Map((await storedAccounts()).map((account) => [account.number, account]));
  for (const account of counted) {
    const events = stored.get(account.number);
    if (events?.events === account.events) expect(account).toEqual(events);
    else if (account.events === 0)
      expect({ account, events }).toMatchObject({
        account: { hours: {}, days: {}, people: [], tags: [] },
        events: undefined,
      });
    else expectToCover(account, events);
  }
  // What was captured is somewhere.
  const hours = sent.map(({ hoursAgo }) => ({ [Math.floor(ago(hoursAgo!).getTime() / HOUR_MS) * HOUR_MS]: 1 }));
  expect(sumUp(counted.map((account) => account.hours))).toEqual(sumUp(hours));
  const people = sent.flatMap(({ user }) => personHash({ id: user }) ?? []).sort();
  expect([...new Set(counted.flatMap((account) => account.people))].sort()).toEqual([...new Set(people)]);
  // Days follow from hours, and moves leave those of the project and of its facets alone.
  const [drift] = await column<number>(
    `SELECT ((SELECT count(*) FROM (SELECT issue_number, date_trunc('day', hour, 'UTC'), sum(count) FROM issue_hour GROUP BY 1, 2
         EXCEPT SELECT issue_number, hour, count FROM issue_day) d)
       + abs($1 - (SELECT sum(count) FROM project_hour)) + abs($1 - (SELECT sum(count) FROM project_day))
       + abs(2 * $1 - (SELECT sum(count) FROM facet_hour)) + abs(2 * $1 - (SELECT sum(count) FROM facet_day)))::int AS it`,
    [sent.length],
  );
  expect(drift).toBe(0);
}

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

test.each(SEEDS)('counts are what the events tell (seed %i)', async (seed) => {
  const { sent, send, step } = play(seed);
  await send(30);
  for (let turn = 0; turn < 25; turn++) {
    const deed = await step(false);
    await expectBooksToHold(sent).catch((error: Error) => {
      error.message = `turn ${turn}, deed ${deed}: ${error.message}`;
      throw error;
    });
  }
});

test.each(SEEDS)('events that are deleted stay counted, once, and where their issue is (seed %i)', async (seed) => {
  const { sent, send, step } = play(seed);
  await send(30);
  for (let turn = 0; turn < 25; turn++) {
    const deed = await step(true);
    await expectBooksToHold(sent).catch((error: Error) => {
      error.message = `turn ${turn}, deed ${deed}: ${error.message}`;
      throw error;
    });
  }
});
