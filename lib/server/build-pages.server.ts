import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { childEnv } from '../env.server';
import { ROOT } from './paths.server';
import { compressStaticFiles } from './static-files.server';

// What `next build` reads. A change anywhere else needs no new build.
const SOURCES = ['app', 'components', 'lib', 'public', 'prisma/schema', 'prisma/seed'];
const SOURCE_FILES = ['next.config.ts', 'package.json', 'package-lock.json', 'postcss.config.mjs', 'tsconfig.json'];
const IGNORED = /(\.test\.tsx?|[/\\]generated[/\\].*)$/;

/** What a build made for browsers. */
export const STATIC_FOLDER = join(ROOT, '.next', 'static');
const stampFile = join(ROOT, '.next', 'errata-build.txt');
const require = createRequire(import.meta.url);

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !IGNORED.test(path));
}

/** One hash over the names and contents of everything the build reads. */
async function hashSources(): Promise<string> {
  const found = (await Promise.all(SOURCES.map(filesBelow))).flat();
  const paths = [...found, ...SOURCE_FILES.map((name) => join(ROOT, name))].sort();
  const contents = await Promise.all(paths.map((path) => readFile(path).catch(() => Buffer.alloc(0))));
  const hash = createHash('sha256').update(process.version);
  paths.forEach((path, index) => {
    hash.update(`\0${path.slice(ROOT.length)}\0`).update(contents[index] ?? '');
  });
  return hash.digest('hex');
}

/** Runs a program of ours; what it says is shown only when it fails. @throws Error with its output. */
async function run(label: string, script: string, args: string[]): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: childEnv({ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }),
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const stop = () => child.kill('SIGTERM');
  process.once('exit', stop);
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('exit', done));
  process.off('exit', stop);
  if (code !== 0) throw new Error(`${label} failed:\n${Buffer.concat(output).toString().trim()}`);
}

/** Makes Prisma's client when the install scripts did not (`npm ci --ignore-scripts`). */
export async function ensureDatabaseClient(): Promise<void> {
  if (existsSync(join(ROOT, 'lib/db/generated/client.ts'))) return;
  await run('prisma generate', join(ROOT, 'node_modules/prisma/build/index.js'), ['generate']);
}

/**
 * `next build`, unless `.next` was built from exactly these sources.
 * @param report is told when a build starts, because it takes a while.
 * @returns whether it built.
 */
export async function ensureBuild(report: (line: string) => void): Promise<boolean> {
  const wanted = await hashSources();
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === wanted) return false;
  report('Building the pages; this happens after an install or update and takes about half a minute …');
  await run('next build', require.resolve('next/dist/bin/next'), ['build']);
  await compressStaticFiles(STATIC_FOLDER);
  await writeFile(stampFile, wanted);
  return true;
}
