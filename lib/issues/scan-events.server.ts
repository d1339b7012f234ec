import type { Tx } from '../db/client.server';
import { Prisma } from '../db/generated/client';
import { restoreStacks } from '../db/restore-stacks.server';
import type { NormalizedEvent } from '../ingest/event-schema';
import { HOUR_MS } from '../time';
import type { IssueRef } from './find-issue.server';
import { personHash } from './person-hash';

const CHUNK = 1000;

/** A stored event of the issue. `data` is there when it was asked for. */
export interface ScannedEvent {
  time: Date;
  id: string;
  hash: string;
  person: string | null;
  data: NormalizedEvent | null;
}

interface Row extends Omit<ScannedEvent, 'person'> {
  person: Record<string, unknown> | null;
}

/** Every stored event of an issue, oldest first. */
export async function* scanEvents(
  tx: Tx,
  { projectId, number }: IssueRef,
  whole: boolean,
): AsyncGenerator<ScannedEvent> {
  let last: Row | undefined;
  for (;;) {
    const after = last
      ? Prisma.sql`AND time >= ${last.time} AND (time, id) > (${last.time}, ${last.id}::uuid)`
      : Prisma.empty;
    const rows: Row[] = await tx.$queryRaw<Row[]>`
      SELECT time, id, hash, data->'user' AS person, ${whole ? Prisma.sql`data` : Prisma.sql`NULL::json`} AS data
      FROM event WHERE project_id = ${projectId} AND issue_number = ${number} ${after}
      ORDER BY time, id LIMIT ${CHUNK}`;
    await restoreStacks(tx, projectId, rows);
    for (const row of rows) yield { ...row, person: personHash(row.person) };
    last = rows.at(-1);
    if (rows.length < CHUNK) return;
  }
}

/** What is taken out of an issue, and what that leaves of its people. */
export interface Taken {
  /** The first of them, whole where it was asked for. */
  oldest: ScannedEvent | null;
  latest: Date | null;
  times: Date[];
  ids: string[];
  hashes: Set<string>;
  people: Set<string>;
  /** Events by the start of their hour in ms, and of each hash. */
  hours: Map<number, number>;
  hoursByHash: Map<string, Map<number, number>>;
  peopleByHash: Map<string, Set<string>>;
  /** Of the stored events that stay. */
  left: number;
  hoursLeft: Map<number, number>;
  peopleLeft: Set<string>;
  peopleLeftByHash: Map<string, Set<string>>;
}

const count = (counts: Map<number, number>, hour: number) => counts.set(hour, (counts.get(hour) ?? 0) + 1);

function slot<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

/** Goes through the stored events of an issue and sorts them by whether they are to be taken out. */
export async function sortEvents(
  events: AsyncIterable<ScannedEvent>,
  isTaken: (event: ScannedEvent) => boolean,
): Promise<Taken> {
  const taken: Taken = {
    oldest: null,
    latest: null,
    times: [],
    ids: [],
    hashes: new Set(),
    people: new Set(),
    hours: new Map(),
    hoursByHash: new Map(),
    peopleByHash: new Map(),
    left: 0,
    hoursLeft: new Map(),
    peopleLeft: new Set(),
    peopleLeftByHash: new Map(),
  };
  for await (const event of events) {
    const { time, id, hash, person } = event;
    const hour = Math.floor(time.getTime() / HOUR_MS) * HOUR_MS;
    if (!isTaken(event)) {
      taken.left++;
      count(taken.hoursLeft, hour);
      if (person) {
        taken.peopleLeft.add(person);
        slot(taken.peopleLeftByHash, hash, () => new Set()).add(person);
      }
      continue;
    }
    taken.oldest ??= event;
    taken.latest = time;
    taken.times.push(time);
    taken.ids.push(id);
    taken.hashes.add(hash);
    count(taken.hours, hour);
    count(
      slot(taken.hoursByHash, hash, () => new Map()),
      hour,
    );
    if (person) {
      taken.people.add(person);
      slot(taken.peopleByHash, hash, () => new Set()).add(person);
    }
  }
  return taken;
}
