import type { Pool } from 'pg';
import { type ProjectSettings, readProjectSettings } from '../projects/project-settings';
import { isKeyShaped } from './capture-key';
import type { KeyMemory } from './key-memory.server';

/** The right to store events in one project; only this module makes it. */
export interface ProjectScope {
  readonly projectId: number;
  /** Prefix of the project's issue ids. */
  readonly prefix: string;
  readonly slug: string;
  /** The key it came with; 0 without one. */
  readonly keyId: number;
  readonly settings: ProjectSettings;
  /** Events of the project were sampled lately, so that a repeat of one may come after sampling was turned off. */
  readonly hasSampled?: boolean;
}

const TTL_MS = 5000;
const MAX_KEYS = 10_000;

const PROJECT = `p.id, p.prefix, p.slug, p.settings, EXISTS (SELECT FROM sampled_event s WHERE s.project_id = p.id) AS has_sampled`;
const BY_KEY = `SELECT ${PROJECT}, k.id AS key_id, k.enabled FROM project_key k JOIN project p ON p.id = k.project_id WHERE k.public_key = $1`;
const DEFAULT_PROJECT = `SELECT ${PROJECT}, 0 AS key_id, true AS enabled FROM project p WHERE NOT demo ORDER BY id LIMIT 1`;
/** Settings show when a key was last used, to the minute. */
const STAMP_KEY = `UPDATE project_key SET last_used_at = now()
  WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`;

interface KeyRow {
  id: number;
  prefix: string;
  slug: string;
  settings: Record<string, unknown>;
  has_sampled: boolean;
  key_id: number;
  enabled: boolean;
}

export interface KeyRing {
  /** The project of an enabled key; null when there is none. */
  find(key: string): Promise<ProjectScope | null>;
  /** The project that takes events without a key. */
  findDefault(): Promise<ProjectScope | null>;
}

/** How long a key that was good may wait for the database to say so again, before it is believed. */
const REFRESH_PATIENCE_MS = 1000;

interface Remembered {
  until: number;
  scope: Promise<ProjectScope | null>;
  /** What the database said last. */
  last: ProjectScope | null;
}

/**
 * Looks up keys, each at most every five seconds, the unknown ones too. A key that is disabled stops within that time.
 * While the database is away, keys that were good go on being good, those of `memory` too; of others nothing can be said,
 * so that looking for one fails. `clock`: milliseconds that never jump.
 */
export function createKeyRing(
  pool: Pool,
  { memory, clock = () => performance.now() }: { memory?: KeyMemory; clock?: () => number } = {},
): KeyRing {
  const remembered = new Map<string, Remembered>();

  async function look(key: string): Promise<ProjectScope | null> {
    const { rows } = await pool.query<KeyRow>(key === '' ? DEFAULT_PROJECT : BY_KEY, key === '' ? [] : [key]);
    const row = rows[0];
    if (!row?.enabled) return null;
    const { id, prefix, slug, key_id, settings, has_sampled } = row;
    // Nobody waits for the stamp, and one that fails is made at the next look.
    if (key !== '') pool.query(STAMP_KEY, [key_id]).catch(() => {});
    return {
      projectId: id,
      prefix,
      slug,
      keyId: key_id,
      settings: readProjectSettings(settings),
      hasSampled: has_sampled,
    };
  }

  /** While the database is away, a key that was good goes on being good. */
  function believing(asked: Promise<ProjectScope | null>, last: ProjectScope): Promise<ProjectScope | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(last), REFRESH_PATIENCE_MS);
      const settle = (scope: ProjectScope | null): void => {
        clearTimeout(timer);
        resolve(scope);
      };
      asked.then(settle, () => settle(last));
    });
  }

  function recall(key: string): Promise<ProjectScope | null> {
    const now = clock();
    const known = remembered.get(key);
    if (known && known.until > now) return known.scope;
    if (remembered.size >= MAX_KEYS) remembered.clear();
    const asked = look(key);
    const entry: Remembered = {
      until: now + TTL_MS,
      scope: asked,
      last: known ? known.last : (memory?.recall(key) ?? null),
    };
    if (entry.last) entry.scope = believing(asked, entry.last);
    remembered.set(key, entry);
    asked.then(
      (scope) => {
        entry.last = scope;
        memory?.note(key, scope);
      },
      () => {
        if (!entry.last && remembered.get(key) === entry) remembered.delete(key);
      },
    );
    return entry.scope;
  }

  return {
    find: (key) => (isKeyShaped(key) ? recall(key) : Promise.resolve(null)),
    findDefault: () => recall(''),
  };
}
