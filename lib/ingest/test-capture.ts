import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { restoreStacks } from '../db/restore-stacks.server';
import { readRaw } from '../db/stored-stack';
import { useTestDatabase } from '../db/test-database';
import { reloadEnv } from '../env.server';
import type { NormalizedEvent } from './event-schema';
import type { RateLimit } from './rate-limit';
import { type Capture, createCapture } from './receive-events.server';
import { type Answer, KEY, PROJECT, type RawRequest, sendRaw } from './sentry-fixtures';
import { attachmentsFolder } from './store-attachments.server';

export const OTHER_KEY = 'b'.repeat(32);

export interface StoredRow {
  data: NormalizedEvent;
  raw: Record<string, unknown>;
  title: string;
  /** Of its issue. */
  type: string;
}

/** Only for `*.db.test.ts`: capture behind a listener of its own, and a look at what it stored. */
export interface TestCapture {
  /** Known from `beforeAll` on, like all that follows. */
  pool: Pool;
  /** Limits in force, by category; empty before each test. */
  limits: Map<string, RateLimit>;
  send(request: RawRequest, method?: string): Promise<Answer>;
  stored(): Promise<StoredRow[]>;
  /** The one stored event. */
  onlyEvent(): Promise<StoredRow>;
  /** Counts of discarded items as `reason:category`. */
  discarded(source: 'sdk' | 'errata'): Promise<Record<string, number>>;
  /** Forgets everything but two projects with a key each. */
  reset(): Promise<void>;
}

/** Call it once at the top of the file; each test begins with two projects and nothing else. */
export function useTestCapture(): TestCapture {
  const database = useTestDatabase();
  const limits = new Map<string, RateLimit>();
  let capture: Capture;
  let server: Server;
  let origin: string;
  let dataDir: string;

  const test: TestCapture = {
    pool: undefined as unknown as Pool,
    limits,
    send: (request, method) => sendRaw(origin, request, method),
    async stored() {
      const { rows } = await test.pool.query<StoredRow & { project_id: number; raw: string | null }>(
        `SELECT e.project_id, e.data, e.raw, e.title, i.type FROM event e
         JOIN issue i ON i.project_id = e.project_id AND i.number = e.issue_number ORDER BY e.received_at, e.id`,
      );
      return Promise.all(
        rows.map(async ({ project_id, data, raw, title, type }) => {
          const stacks = await restoreStacks(test.pool, project_id, [{ data, raw }]);
          return { data, raw: raw && (readRaw(raw, stacks) as StoredRow['raw']), title, type };
        }),
      );
    },
    async onlyEvent() {
      const rows = await test.stored();
      expect(rows).toHaveLength(1);
      return rows[0]!;
    },
    async discarded(source) {
      const { rows } = await test.pool.query(
        `SELECT reason || ':' || category AS name, count::int FROM discarded_item WHERE source = $1 ORDER BY 1`,
        [source],
      );
      return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
    },
    async reset() {
      limits.clear();
      await database.truncate();
      await test.pool.query(
        `INSERT INTO project (id, slug, name, prefix) VALUES ($1, 'shop', 'Shop', 'SHOP'), (43, 'other', 'Other', 'OTHER')`,
        [PROJECT],
      );
      await test.pool.query(`INSERT INTO project_key (project_id, public_key) VALUES ($1, $2), (43, $3)`, [
        PROJECT,
        KEY,
        OTHER_KEY,
      ]);
    },
  };

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'errata-capture-'));
    reloadEnv({ ERRATA_DATA_DIR: dataDir });
    test.pool = new Pool({ connectionString: database.url });
    capture = createCapture({
      databaseUrl: database.url,
      openCapture: false,
      attachments: { folder: attachmentsFolder(), enabled: true, maxBytes: 1000 },
      findLimit: (_, category) => limits.get(category) ?? null,
    });
    server = createServer(async (request, response) => {
      const taken = await capture.handle(request, response, new URL(request.url ?? '/', 'http://errata'));
      if (!taken) response.writeHead(418).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  beforeEach(() => test.reset());

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await capture.drain();
    await test.pool.end();
    rmSync(dataDir, { recursive: true, force: true });
  });

  return test;
}
