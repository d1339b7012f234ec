import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { log } from '../log.server';
import { readProjectSettings } from '../projects/project-settings';
import { DAY_MS, HOUR_MS } from '../time';
import type { ProjectScope } from './project-scope.server';

/** Keys that were good when the database was last asked, on disk: for a start at which it does not answer. */
export interface KeyMemory {
  /** How many keys are remembered. */
  readonly size: number;
  recall(key: string): ProjectScope | null;
  /** Notes what the database said of a key; null: that there is none, or that it is off. */
  note(key: string, scope: ProjectScope | null): void;
  /** Resolves when what was noted is on disk. */
  flush(): Promise<void>;
}

const MAX_KEYS = 1000;
const BELIEVED_MS = 30 * DAY_MS;
const WRITE_AFTER_MS = 1000;

const savedSchema = z.object({
  version: z.literal(1),
  database: z.string(),
  keys: z.array(
    z.object({
      key: z.string(),
      confirmed_at: z.iso.datetime(),
      project_id: z.number().int(),
      prefix: z.string(),
      slug: z.string(),
      key_id: z.number().int(),
      settings: z.unknown(),
      has_sampled: z.boolean().optional(),
    }),
  ),
});

interface Known {
  scope: ProjectScope;
  confirmedAt: number;
}

/** Enough to know a key again, and not to read it from the file. */
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

async function load(path: string, database: string): Promise<Map<string, Known>> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return new Map();
  try {
    const saved = savedSchema.parse(JSON.parse(text));
    if (saved.database !== database) return new Map();
    return new Map(
      saved.keys.map(({ key, confirmed_at, project_id, prefix, slug, key_id, settings, has_sampled }) => {
        const scope: ProjectScope = {
          projectId: project_id,
          prefix,
          slug,
          keyId: key_id,
          settings: readProjectSettings(settings),
          hasSampled: has_sampled,
        };
        return [key, { scope, confirmedAt: Date.parse(confirmed_at) }];
      }),
    );
  } catch (error) {
    log().warn({ err: error, path }, 'The remembered keys cannot be read; they will be asked for anew');
    return new Map();
  }
}

function encode(known: ReadonlyMap<string, Known>, database: string): string {
  const latest = [...known].sort(([, a], [, b]) => b.confirmedAt - a.confirmedAt).slice(0, MAX_KEYS);
  const keys = latest.map(([key, { scope, confirmedAt }]) => ({
    key,
    confirmed_at: new Date(confirmedAt).toISOString(),
    project_id: scope.projectId,
    prefix: scope.prefix,
    slug: scope.slug,
    key_id: scope.keyId,
    settings: scope.settings,
    has_sampled: scope.hasSampled,
  }));
  return JSON.stringify({ version: 1, database, keys } satisfies z.input<typeof savedSchema>);
}

/**
 * Opens the memory in the file `path`. `database`: which one the keys are of; those of another are forgotten, because its
 * projects have other numbers.
 */
export async function openKeyMemory(path: string, database: string): Promise<KeyMemory> {
  const mark = hash(database);
  const known = await load(path, mark);
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function save(): Promise<void> {
    const draft = `${path}.new`;
    try {
      await writeFile(draft, encode(known, mark), { mode: 0o600 });
      await rename(draft, path);
    } catch (error) {
      log().warn({ err: error, path }, 'The keys could not be remembered');
    }
  }

  function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(save);
    return writing;
  }

  const changed = (): void => {
    timer ??= setTimeout(write, WRITE_AFTER_MS).unref();
  };

  return {
    get size() {
      return known.size;
    },
    recall(key) {
      const found = known.get(hash(key));
      return found && Math.abs(Date.now() - found.confirmedAt) < BELIEVED_MS ? found.scope : null;
    },
    note(key, scope) {
      const name = hash(key);
      const before = known.get(name);
      if (!scope) {
        if (known.delete(name)) changed();
        return;
      }
      const confirmedAt = Date.now();
      known.set(name, { scope, confirmedAt });
      const isStale = !before || Math.abs(confirmedAt - before.confirmedAt) > HOUR_MS;
      if (isStale || JSON.stringify(before.scope) !== JSON.stringify(scope)) changed();
      else known.set(name, { scope, confirmedAt: before.confirmedAt });
    },
    flush: () => (timer ? write() : writing),
  };
}
