import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { forgetTemplates } from '../grouping/template-store.server';
import type { EventDraft } from '../ingest/normalize-event';
import { createEventStore, type EventStore } from '../ingest/store-events.server';
import { readProjectSettings } from '../projects/project-settings';
import { DAY_MS, HOUR_MS } from '../time';
import { getIssue } from './get-issue.server';
import { makeMember, makeProject } from './issue-fixture';
import { mergeIssues } from './merge-issues.server';
import { personHash } from './person-hash';
import { splitIssue } from './split-issue.server';
import type { SplitInput } from './split-schema';
import { undoChanges } from './undo-change.server';
import { unmergeIssue } from './unmerge-issue.server';

export interface Sent {
  type?: string;
  value?: string;
  region?: string;
  user?: string;
  release?: string;
  hoursAgo?: number;
}

const now = new Date('2026-11-20T12:30:00.000Z');
export const ago = (hours: number) => new Date(now.getTime() - hours * HOUR_MS);

const draft = ({ type = 'PayError', value = 'refused', region, user, release, hoursAgo = 1 }: Sent): EventDraft => ({
  protocol: 'errors',
  timestamp: ago(hoursAgo).toISOString(),
  service: 'shop',
  exceptions: [{ type, value, frames: [{ filename: 'src/pay.py', function: 'charge', in_app: true }] }],
  ...(region ? { tags: { region } } : {}),
  ...(user ? { user: { id: user } } : {}),
  ...(release ? { release } : {}),
  trimmed: [],
});

/** For tests that move events between the issues of one project, API, which is empty at the start of each. */
export function useMoves() {
  const database = useTestDatabase();
  let store: EventStore;
  let projects = 0;
  const context = { ada: undefined as unknown as Viewer, projectId: 0, pool: undefined as unknown as Pool };

  beforeAll(() => {
    context.pool = new Pool({ connectionString: database.url });
    // Its connections are ended with the database.
    context.pool.on('error', () => {});
    store = createEventStore(context.pool);
  });
  afterAll(async () => {
    await store.drain();
    await context.pool.end();
  });
  beforeEach(async () => {
    await database.truncate();
    forgetTemplates();
    context.ada = await makeMember('Ada', 'engineer');
    // Capture remembers tags by project and issue: another test's are another project's.
    await getPool().query(`SELECT setval(pg_get_serial_sequence('project', 'id'), $1)`, [++projects]);
    context.projectId = await makeProject('api');
  });

  async function capture(...events: Sent[]): Promise<{ id: string; issue: number | null }[]> {
    const { projectId } = context;
    const { rows } = await getPool().query<{ settings: unknown }>('SELECT settings FROM project WHERE id = $1', [
      projectId,
    ]);
    const scope = {
      projectId,
      prefix: 'API',
      slug: 'api',
      keyId: 1,
      attachments: null,
      settings: readProjectSettings(rows[0]!.settings),
    };
    const outcomes = await store.store(
      scope,
      events.map((each) => ({ draft: draft(each), raw: {} })),
      now,
    );
    return outcomes.map((each) => {
      if ('refused' in each) throw new Error(each.refused);
      return { id: each.id, issue: each.issueNumber };
    });
  }

  return {
    context,
    now,
    capture,
    read: (issueId: string) => getIssue({ viewer: context.ada, issueId, now }),
    split: (input: SplitInput, issueId = 'API-1') => splitIssue({ viewer: context.ada, issueId, split: input, now }),
    merge: (into: number, from: number) =>
      mergeIssues({ viewer: context.ada, issueId: `API-${into}`, ids: [`API-${from}`], now }),
    unmerge: (into: number, from: number) =>
      unmergeIssue({ viewer: context.ada, issueId: `API-${into}`, mergedId: `API-${from}`, now }),
    undo: (token: string) => undoChanges({ viewer: context.ada, token, now }),
  };
}

/** What an issue is told to have, by its own word or by its stored events. */
export interface Account {
  number: number;
  events: number;
  users: number;
  first_seen: Date;
  last_seen: Date;
  first_release: string | null;
  last_release: string | null;
  /** Counts by the start of their hour, and of their day, in ms. */
  hours: Record<number, number>;
  days: Record<number, number>;
  people: string[];
  tags: string[];
  /** Hashes of its events. */
  hashes: string[];
}

/** The issues that stand by themselves, as they are counted. */
export async function countedAccounts(): Promise<Account[]> {
  const times = (table: string) => `
    (SELECT coalesce(json_object_agg(extract(epoch FROM h.hour)::bigint * 1000, h.count), '{}') FROM ${table} h
     WHERE h.project_id = i.project_id AND h.issue_number = i.number)`;
  const list = (text: string, table: string) => `
    (SELECT coalesce(json_agg(${text} ORDER BY ${text}), '[]') FROM ${table} x
     WHERE x.project_id = i.project_id AND x.issue_number = i.number)`;
  const { rows } = await getPool().query<Account>(
    `SELECT i.number, i.event_count::int AS events, i.user_count AS users, i.first_seen, i.last_seen, i.first_release,
       i.last_release, ${times('issue_hour')} AS hours, ${times('issue_day')} AS days,
       ${list('x.user_hash', 'issue_user')} AS people, ${list("x.key || '=' || x.value", 'issue_tag')} AS tags,
       (SELECT coalesce(json_agg(g.hash ORDER BY g.hash), '[]') FROM "grouping" g
        WHERE g.project_id = i.project_id AND g.issue_number = i.number
          AND EXISTS (SELECT FROM event e WHERE e.project_id = i.project_id AND e.hash = g.hash)) AS hashes
     FROM issue i WHERE i.merged_into IS NULL ORDER BY i.number`,
  );
  return rows;
}

interface StoredEvent {
  number: number;
  time: Date;
  hash: string;
  release: string | null;
  person: Record<string, unknown> | null;
  tags: [string, string][];
}

const sorted = (texts: Iterable<string | null>) => [...new Set(texts)].filter((text) => text !== null).sort();

function countBy(times: readonly Date[], step: number): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const time of times) {
    const start = Math.floor(time.getTime() / step) * step;
    counts[start] = (counts[start] ?? 0) + 1;
  }
  return counts;
}

/** The issues that stand by themselves, as their stored events tell. An issue without any is left out. */
export async function storedAccounts(): Promise<Account[]> {
  const { rows } = await getPool().query<StoredEvent>(
    `SELECT e.issue_number AS number, e.time, e.hash, e.release, e.data->'user' AS person, e.data->'tags' AS tags
     FROM event e JOIN issue i ON i.project_id = e.project_id AND i.number = e.issue_number AND i.merged_into IS NULL
     ORDER BY e.issue_number, e.time, e.id`,
  );
  const byIssue = new Map<number, StoredEvent[]>();
  for (const row of rows) byIssue.set(row.number, [...(byIssue.get(row.number) ?? []), row]);
  return [...byIssue].map(([number, all]) => {
    const times = all.map((event) => event.time);
    const releases = all.flatMap((event) => event.release ?? []);
    const people = sorted(all.map((event) => personHash(event.person)));
    return {
      number,
      events: all.length,
      users: people.length,
      first_seen: times[0]!,
      last_seen: times.at(-1)!,
      first_release: releases[0] ?? null,
      last_release: releases.at(-1) ?? null,
      hours: countBy(times, HOUR_MS),
      days: countBy(times, DAY_MS),
      people,
      tags: sorted(all.flatMap((event) => event.tags.map((tag) => tag.join('=')))),
      hashes: sorted(all.map((event) => event.hash)),
    };
  });
}
