#!/usr/bin/env node
// Adds the optional packages of other platforms to package-lock.json. A registry that mirrors only the packages of one
// platform makes npm leave the others out, and `npm ci` then refuses the lock file ("Missing: …") everywhere. What npm
// wants to know of them (system, processor, C library) stands in their names.
// Run it after every change of dependencies: node deploy/complete-lockfile.mjs
import { readFileSync, writeFileSync } from 'node:fs';

const LOCK = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const LIBRARIES = { gnu: 'glibc', musl: 'musl' };

const lock = JSON.parse(readFileSync(LOCK, 'utf8'));

/** The folders whose `node_modules` Node looks through for the package at `path`: its own, then those above. */
function* foldersAbove(path) {
  yield path;
  if (path !== '') yield* foldersAbove(path.slice(0, Math.max(0, path.lastIndexOf('node_modules/') - 1)));
}

const isPresent = (path, name) =>
  [...foldersAbove(path)].some((folder) => lock.packages[`${folder && `${folder}/`}node_modules/${name}`]);

/** `@next/swc-linux-x64-musl` → os, cpu and libc, as far as the name tells. */
function platformOf(name) {
  const words = name.slice(name.lastIndexOf('/') + 1).split('-');
  const one = (known) => words.filter((word) => known.includes(word)).slice(0, 1);
  const libc = words.flatMap((word) => LIBRARIES[word] ?? []);
  return { os: one(SYSTEMS), cpu: one(PROCESSORS), libc };
}

function entryFor(name, version, parent) {
  const { os, cpu, libc } = platformOf(name);
  if (os.length === 0 && cpu.length === 0) throw new Error(`${name}: the name tells no platform; add it by hand`);
  if (!/^\d+\.\d+\.\d+/.test(version)) throw new Error(`${name}@${version}: expected an exact version`);
  return {
    version,
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(parent.dev ? { dev: true } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}

let added = 0;
for (const [path, parent] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (path === '' || isPresent(path, name)) continue;
    lock.packages[`node_modules/${name}`] = entryFor(name, version, parent);
    added += 1;
  }
}

const byPath = ([a], [b]) => (a < b ? -1 : 1);
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(byPath));
writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added === 0 ? 'The lock file is complete.' : `Added ${added} packages of other platforms.`);
