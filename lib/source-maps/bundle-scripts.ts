import { originless, parseDebugId } from './minified-url';

/** Which script each map of an upload belongs to. Pure. */

/** A map that was found in an upload, kept already. */
export interface StoredMap {
  path: string;
  checksum: string;
  size: number;
  /** As the map itself says. */
  debugId: string | null;
}

/** The end of a script. */
export interface ScriptTail {
  path: string;
  text: string;
}

interface ManifestFile {
  type?: unknown;
  url?: unknown;
  headers?: unknown;
}

/** `manifest.json` of an artifact bundle. */
export interface Manifest {
  release?: string;
  dist?: string;
  debugId: string | null;
  files: Map<string, { type: string; url: string; sourcemap: string | null; debugId: string | null }>;
}

export interface BundledScript {
  url: string;
  debugId: string | null;
  checksum: string;
  size: number;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** @returns null for JSON that is no manifest of a bundle. */
export function readManifest(json: string): Manifest | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  if (!isRecord(value) || !isRecord(value.files)) return null;
  const files: Manifest['files'] = new Map();
  for (const [path, entry] of Object.entries(value.files as Record<string, ManifestFile>)) {
    if (!isRecord(entry)) continue;
    const headers = new Map(
      Object.entries(isRecord(entry.headers) ? entry.headers : {}).map(([name, held]) => [name.toLowerCase(), held]),
    );
    files.set(path, {
      type: text(entry.type) ?? '',
      url: text(entry.url) ?? path,
      sourcemap: text(headers.get('sourcemap')) ?? text(headers.get('x-sourcemap')) ?? null,
      debugId: parseDebugId(headers.get('debug-id')),
    });
  }
  return { release: text(value.release), dist: text(value.dist), debugId: parseDebugId(value.debug_id), files };
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** `../maps/a.js.map` seen from `assets/`; null for what leads out of the upload, or is an address or the map itself. */
export function resolvePath(folder: string, reference: string): string | null {
  if (/^(?:data:|[a-z][a-z+.-]*:\/\/)/i.test(reference)) return null;
  const segments = reference.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const segment of reference.replace(/[?#].*$/s, '').split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join('/');
}

const MAPPING_URL = /^\s*\/\/[#@]\s*sourceMappingURL=(\S{1,2000})\s*$/m;
const DEBUG_ID = /^\s*\/\/[#@]\s*debugId=([0-9a-fA-F-]{32,36})\s*$/m;

const lastMatch = (pattern: RegExp, source: string): string | undefined =>
  [...source.matchAll(new RegExp(pattern, 'gm'))].at(-1)?.[1];

function fromManifest(manifest: Manifest, maps: readonly StoredMap[]): BundledScript[] {
  const byUrl = new Map<string, StoredMap>();
  for (const map of maps) {
    const entry = manifest.files.get(map.path);
    if (entry) byUrl.set(originless(entry.url), map);
  }
  const scripts: BundledScript[] = [];
  const taken = new Set<StoredMap>();
  for (const entry of manifest.files.values()) {
    if (entry.type !== 'minified_source') continue;
    const url = originless(entry.url);
    const named =
      entry.sourcemap === null ? null : resolvePath(folderOf(url.slice(1)), entry.sourcemap.replace(/^~/, ''));
    const chosen = (named === null ? undefined : byUrl.get(originless(named))) ?? byUrl.get(`${url}.map`);
    if (!chosen) continue;
    taken.add(chosen);
    scripts.push({ url, debugId: entry.debugId ?? chosen.debugId, checksum: chosen.checksum, size: chosen.size });
  }
  for (const map of maps) {
    const entry = manifest.files.get(map.path);
    if (!entry || taken.has(map)) continue;
    const debugId = entry.debugId ?? map.debugId;
    scripts.push({ url: originless(entry.url).replace(/\.map$/, ''), debugId, checksum: map.checksum, size: map.size });
  }
  return scripts;
}

function fromFolder(tails: readonly ScriptTail[], maps: readonly StoredMap[], prefix: string): BundledScript[] {
  const byPath = new Map(maps.map((map) => [map.path, map]));
  const scripts: BundledScript[] = [];
  const taken = new Set<StoredMap>();
  const add = (path: string, map: StoredMap, debugId: string | null): void => {
    taken.add(map);
    scripts.push({ url: originless(`${prefix}/${path}`), debugId, checksum: map.checksum, size: map.size });
  };
  for (const { path, text: end } of tails) {
    const reference = lastMatch(MAPPING_URL, end);
    const named = reference === undefined ? null : resolvePath(folderOf(path), reference);
    const map = (named === null ? undefined : byPath.get(named)) ?? byPath.get(`${path}.map`);
    if (map) add(path, map, parseDebugId(lastMatch(DEBUG_ID, end)) ?? map.debugId);
  }
  for (const map of maps) if (!taken.has(map)) add(map.path.replace(/\.map$/, ''), map, map.debugId);
  return scripts;
}

/**
 * The scripts of an upload with their maps: as its manifest says, else as scripts name their maps in their last lines,
 * else by name (`app.js.map` is of `app.js`). @param prefix where the root of a folder is served: `~/static`.
 */
export function bundleScripts(upload: {
  manifest: Manifest | null;
  tails: readonly ScriptTail[];
  maps: readonly StoredMap[];
  prefix: string;
}): BundledScript[] {
  const { manifest, tails, maps, prefix } = upload;
  const scripts = manifest ? fromManifest(manifest, maps) : fromFolder(tails, maps, prefix);
  const unique = new Map(scripts.map((script) => [script.debugId ?? script.url, script]));
  return [...unique.values()];
}
