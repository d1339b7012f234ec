import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { serviceOfFile } from '@/lib/ingest/protocols/jsonl';

/** `markdown` and `json` are knowledge; `errors` are captured. */
export type ImportKind = 'markdown' | 'json' | 'zip' | 'errors';

export interface ImportFile {
  path: string;
  /** By which a repeated import recognises it: its path below the folder that was named, or its own name. */
  name: string;
  kind: ImportKind;
  /** Commit of the checkout it was found in; `-dirty` where the file differs from it. */
  revision?: string;
}

const SKIPPED = /^(?:\..*|node_modules|__pycache__|vendor|dist|build)$/;

/** What a file is by its name; null for one that an import does not read. In a folder, other JSON files are left alone. */
export function kindOfFile(name: string, inFolder: boolean): ImportKind | null {
  const base = basename(name);
  if (/\.(?:md|markdown|mdx|txt)$/i.test(base)) return 'markdown';
  if (serviceOfFile(base) !== null || (!inFolder && /\.jsonl$/i.test(base))) return 'errors';
  if (!inFolder && /\.zip$/i.test(base)) return 'zip';
  if (base === 'error_knowledge_base.json' || (!inFolder && /\.json$/i.test(base))) return 'json';
  return null;
}

/** The files that the arguments name, folders read whole, in order of name. @throws Error for one that is not there or cannot be read as anything. */
export function findImportFiles(paths: readonly string[]): ImportFile[] {
  const files = paths.flatMap((path): ImportFile[] => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) throw new Error(`There is no file or folder ${path}.`);
    if (stats.isDirectory()) return filesInCheckout(path) ?? filesBelow(path, path);
    const kind = kindOfFile(path, false);
    if (!kind)
      throw new Error(`${path}: expected Markdown (.md, .txt), JSON (.json), an archive (.zip) or errors (.jsonl).`);
    return [{ path, name: basename(path), kind }];
  });
  const seen = new Set<string>();
  return files.filter(({ path }) => !seen.has(path) && seen.add(path));
}

/** The files of a git checkout as git sees them: what it ignores is left out. Null where there is none, or no git. */
function filesInCheckout(folder: string): ImportFile[] | null {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  try {
    const listed = git('ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate').split('\0');
    const changed = new Set(git('ls-files', '-z', '--modified', '--others', '--exclude-standard').split('\0'));
    let head = '';
    try {
      head = git('rev-parse', '--short=12', 'HEAD').trim();
    } catch {
      // A checkout without a commit yet.
    }
    return listed.sort().flatMap((name): ImportFile[] => {
      const path = join(folder, name);
      const kind = name === '' || name.split('/').some((part) => SKIPPED.test(part)) ? null : kindOfFile(name, true);
      if (!kind || !statSync(path, { throwIfNoEntry: false })?.isFile()) return [];
      const revision = head === '' ? undefined : `${head}${changed.has(name) ? '-dirty' : ''}`;
      return [{ path, name, kind, revision }];
    });
  } catch {
    return null;
  }
}

function filesBelow(folder: string, root: string): ImportFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((item): ImportFile[] => {
      const path = join(folder, item.name);
      if (SKIPPED.test(item.name)) return [];
      if (item.isDirectory()) return filesBelow(path, root);
      const kind = item.isFile() ? kindOfFile(item.name, true) : null;
      return kind ? [{ path, name: relative(root, path).split(sep).join('/'), kind }] : [];
    });
}

/** Text of a file. Files from Windows may be UTF-16; the mark at their start says so. */
export function readText(path: string): string {
  const bytes = readFileSync(path);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  return bytes.toString('utf8');
}
