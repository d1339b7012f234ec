import type { Pool } from 'pg';
import { isKeyShaped } from './capture-key';

/** The right to store events in one project; only this module makes it. */
export interface ProjectScope {
  readonly projectId: number;
  /** Prefix of the project's issue ids. */
  readonly prefix: string;
  readonly slug: string;
  /** Whether the project keeps attachments; null leaves it to the environment. */
  readonly attachments: boolean | null;
}

const TTL_MS = 5000;
const MAX_KEYS = 10_000;

const BY_KEY = `SELECT p.id, p.prefix, p.slug, p.settings->'attachments' AS attachments, k.enabled FROM project_key k JOIN project p ON p.id = k.project_id WHERE k.public_key = $1`;
const DEFAULT_PROJECT = `SELECT id, prefix, slug, settings->'attachments' AS attachments, true AS enabled FROM project WHERE NOT demo ORDER BY id LIMIT 1`;

interface KeyRow {
  id: number;
  prefix: string;
  slug: string;
  attachments: unknown;
  enabled: boolean;
}

export interface KeyRing {
  /** The project of an enabled key; null when there is none. */
  find(key: string, now: number): Promise<ProjectScope | null>;
  /** The project that takes events without a key. */
  findDefault(now: number): Promise<ProjectScope | null>;
}

interface Remembered {
  until: number;
  scope: Promise<ProjectScope | null>;
}

/** Looks up keys, each at most every five seconds, the unknown ones too. A key that is disabled stops within that time. */
export function createKeyRing(pool: Pool): KeyRing {
  const remembered = new Map<string, Remembered>();

  async function look(key: string): Promise<ProjectScope | null> {
    const { rows } = await pool.query<KeyRow>(key === '' ? DEFAULT_PROJECT : BY_KEY, key === '' ? [] : [key]);
    const row = rows[0];
    if (!row?.enabled) return null;
    const attachments = typeof row.attachments === 'boolean' ? row.attachments : null;
    return { projectId: row.id, prefix: row.prefix, slug: row.slug, attachments };
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
