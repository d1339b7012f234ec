import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { serviceOfFile } from '@/lib/ingest/protocols/jsonl';

/** `markdown` and `json` are knowledge; `errors` are captured. */
export type ImportKind = 'markdown' | 'json' | 'errors';

export interface ImportFile {
  path: string;
  /** By which a repeated import recognises it: its path below the folder that was named, or its own name. */
  name: string;
  kind: ImportKind;
}

const SKIPPED = /^(?:\..*|node_modules|__pycache__|vendor|dist|build)$/;

/** What a file is by its name; null for one that an import does not read. In a folder, other JSON files are left alone. */
export function kindOfFile(name: string, inFolder: boolean): ImportKind | null {
  const base = basename(name);
  if (/\.(?:md|markdown|mdx|txt)$/i.test(base)) return 'markdown';
  if (serviceOfFile(base) !== null || (!inFolder && /\.jsonl$/i.test(base))) return 'errors';
  if (base === 'error_knowledge_base.json' || (!inFolder && /\.json$/i.test(base))) return 'json';
  return null;
}

/** The files that the arguments name, folders read whole, in order of name. @throws Error for one that is not there or cannot be read as anything. */
export function findImportFiles(paths: readonly string[]): ImportFile[] {
  const files = paths.flatMap((path): ImportFile[] => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) throw new Error(`There is no file or folder ${path}.`);
    if (stats.isDirectory()) return filesBelow(path, path);
    const kind = kindOfFile(path, false);
    if (!kind) throw new Error(`${path}: expected Markdown (.md, .txt), JSON (.json) or errors (.jsonl).`);
    return [{ path, name: basename(path), kind }];
  });
  const seen = new Set<string>();
  return files.filter(({ path }) => !seen.has(path) && seen.add(path));
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
