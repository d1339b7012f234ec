import type { Pool } from 'pg';
import { isKeyShaped } from './capture-key';

/** The right to store events in one project; only this module makes it. */
export interface ProjectScope {
  readonly projectId: number;
  /** Prefix of the project's issue ids. */
  readonly prefix: string;
}

const TTL_MS = 5000;
const MAX_KEYS = 10_000;

const BY_KEY = `SELECT p.id, p.prefix, k.enabled FROM project_key k JOIN project p ON p.id = k.project_id WHERE k.public_key = $1`;
const DEFAULT_PROJECT = `SELECT id, prefix, true AS enabled FROM project WHERE NOT demo ORDER BY id LIMIT 1`;

interface Remembered {
  until: number;
  scope: Promise<ProjectScope | null>;
}

/** Looks up keys, each at most every five seconds, the unknown ones too. A key that is disabled stops within that time. */
export function createKeyRing(pool: Pool): {
  find(key: string, now: number): Promise<ProjectScope | null>;
  findDefault(now: number): Promise<ProjectScope | null>;
} {
  const remembered = new Map<string, Remembered>();

  async function look(key: string): Promise<ProjectScope | null> {
    const { rows } = await pool.query<{ id: number; prefix: string; enabled: boolean }>(
      key === '' ? DEFAULT_PROJECT : BY_KEY,
      key === '' ? [] : [key],
    );
    const row = rows[0];
    return row?.enabled ? { projectId: row.id, prefix: row.prefix } : null;
  }

  function recall(key: string, now: number): Promise<ProjectScope | null> {
    const known = remembered.get(key);
    if (known && known.until > now) return known.scope;
    if (remembered.size >= MAX_KEYS) remembered.clear();
    const scope = look(key);
    remembered.set(key, { until: now + TTL_MS, scope });
    scope.catch(() => remembered.delete(key));
    return scope;
  }

  return {
    find: (key, now) => (isKeyShaped(key) ? recall(key, now) : Promise.resolve(null)),
    findDefault: (now) => recall('', now),
  };
}
