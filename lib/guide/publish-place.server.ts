import { lstat, mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { env } from '../env.server';
import { AppError } from '../errors';
import type { GuideFile } from './entry-file';

/** Folders beneath which the guide may be published: the operator's list, or one in the data folder. */
export function publishRoots(): string[] {
  const listed = (env().ERRATA_PUBLISH_ROOTS ?? '').split(delimiter).filter(isAbsolute);
  if (listed.length > 0) return listed.map((root) => resolve(root));
  const data = env().ERRATA_DATA_DIR;
  return data ? [resolve(data, 'published')] : [];
}

const isBeneath = (path: string, root: string): boolean => {
  const way = relative(root, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
};

/**
 * The folder a path names, with symbolic links followed. Relative paths begin at the first root.
 * @throws AppError `validation_failed` when it is not there or not beneath a root.
 */
export async function publishFolder(path: string): Promise<string> {
  const roots = publishRoots();
  const [first] = roots;
  if (!first) throw refused('this Errata has no folder to publish to; set ERRATA_PUBLISH_ROOTS');
  const wanted = resolve(first, path);
  if (!roots.some((root) => isBeneath(wanted, root))) throw refused(`expected a folder beneath ${roots.join(' or ')}`);
  // The folder of our own data is made as it is needed; an operator's folders are theirs.
  if (!env().ERRATA_PUBLISH_ROOTS) await mkdir(wanted, { recursive: true });
  const [real, ...rooms] = await Promise.all([wanted, ...roots].map((each) => realpath(each).catch(() => null)));
  if (!real) throw refused(`there is no folder ${wanted}`);
  if (!rooms.some((room) => room !== null && isBeneath(real, room)))
    throw refused(`${wanted} leads out of ${roots.join(' or ')}`);
  return real;
}

const refused = (message: string): AppError =>
  new AppError('validation_failed', `path: ${message}`, { errors: [{ field: 'path', message }] });

/** Files of entries and sections, as an export names them. */
const OWN_FILE = /^(?:entries\/ERROR-\d{3,9}|sections\/)[^/]*\.md$/;

/**
 * Writes the files that differ and removes those of entries that are no longer in the guide.
 * @param folder real path. @param entryFolder where files of entries are ours; empty for none.
 * @returns the paths that changed, relative to the folder.
 * @throws AppError when a symbolic link stands in the way: it might lead out.
 */
export async function writeGuideFiles(
  folder: string,
  files: readonly GuideFile[],
  entryFolder: string,
): Promise<string[]> {
  const changed: string[] = [];
  for (const { path, text } of files) if (await writeIfChanged(folder, path, text)) changed.push(path);
  if (entryFolder === '') return changed;
  const wanted = new Set(files.map(({ path }) => path));
  for (const part of ['entries', 'sections']) {
    await assertNoLinks(folder, join(entryFolder, part, 'x'));
    for (const name of await readdir(join(folder, entryFolder, part)).catch(() => [])) {
      const path = `${entryFolder}/${part}/${name}`;
      if (wanted.has(path) || !OWN_FILE.test(`${part}/${name}`)) continue;
      await rm(join(folder, path));
      changed.push(path);
    }
  }
  return changed;
}

async function writeIfChanged(folder: string, path: string, text: string): Promise<boolean> {
  await assertNoLinks(folder, path);
  const file = join(folder, path);
  const present = await readFile(file, 'utf8').catch(() => null);
  if (present === text) return false;
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, text);
  await rename(temporary, file);
  return true;
}

async function assertNoLinks(folder: string, path: string): Promise<void> {
  let at = folder;
  for (const part of path.split('/')) {
    at = join(at, part);
    const stats = await lstat(at).catch(() => null);
    if (stats?.isSymbolicLink())
      throw new AppError(
        'conflict',
        `${relative(folder, at)} is a symbolic link; the guide is not written through it.`,
      );
  }
}
