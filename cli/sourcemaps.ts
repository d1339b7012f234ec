import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import type { Command } from 'commander';
import { type Zippable, zipSync } from 'fflate';
import { z } from 'zod';
import { withQuery } from '@/lib/http/client';
import { SOURCE_MAP_LIMITS } from '@/lib/source-maps/limits';
import type { SourceMapUpload } from '@/lib/source-maps/source-map-schema';
import { callApi } from './api';
import { parseOptions, print } from './options';

const optionsSchema = z.object({
  release: z.string().trim().min(1).max(200).optional(),
  dist: z.string().trim().max(64).optional(),
  project: z.string().optional(),
  urlPrefix: z.string().max(1000).optional(),
  json: z.boolean().default(false),
});

const WANTED = /\.(?:[cm]?js|map|jsbundle|bundle)$/i;

/** Scripts and maps below a folder, by their path in it. Links are not followed. */
function collect(folder: string): Zippable {
  const files: Zippable = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (!WANTED.test(name) || name.split(sep).includes('node_modules') || !lstatSync(path).isFile()) continue;
    files[name.split(sep).join('/')] = [readFileSync(path), { level: 6 }];
  }
  return files;
}

/** The project that is meant when none is named: the only one. */
async function onlyProject(): Promise<string> {
  const { data } = await callApi<{ data: { slug: string; demo?: boolean }[] }>('GET', '/api/v1/projects');
  const slugs = data.filter(({ demo }) => !demo).map(({ slug }) => slug);
  if (slugs.length === 1) return slugs[0]!;
  throw new Error(`--project: expected one of ${slugs.join(', ') || '(there is no project yet)'}`);
}

async function upload(path: string, options: z.output<typeof optionsSchema>): Promise<void> {
  const project = options.project ?? (await onlyProject());
  const isFolder = statSync(path).isDirectory();
  const files = isFolder ? collect(path) : {};
  if (isFolder && !Object.keys(files).some((name) => name.endsWith('.map')))
    throw new Error(`There is no source map (*.map) in ${path}.`);
  const body = isFolder ? Buffer.from(zipSync(files)) : readFileSync(path);
  if (body.length > SOURCE_MAP_LIMITS.archive)
    throw new Error(`That is more than ${SOURCE_MAP_LIMITS.archive / 1024 / 1024} MiB packed; upload it in parts.`);
  const isMap = !isFolder && path.endsWith('.map');
  const url = isMap ? `${options.urlPrefix ?? '~'}/${basename(path, '.map')}` : options.urlPrefix;
  const target = withQuery(`/api/v1/projects/${encodeURIComponent(project)}/source-maps`, {
    release: options.release,
    dist: options.dist,
    url,
  });
  const done = await callApi<SourceMapUpload>('POST', target, body, { 'content-type': 'application/octet-stream' });
  const of = done.release === '' ? 'known by debug id' : `of release ${done.release}`;
  print(options.json, done, [
    ...done.stored.map(({ url: script, debug_id }) => `${script}${debug_id ? `  debug id ${debug_id}` : ''}`),
    ...done.skipped.map(({ file, why }) => `left out: ${file} (${why})`),
    done.stored.length === 1
      ? `1 script ${of} has a source map now`
      : `${done.stored.length} scripts ${of} have a source map now`,
  ]);
  if (done.stored.length === 0) process.exitCode = 1;
}

export function register(program: Command): void {
  program
    .command('sourcemaps')
    .description('source maps, so that stacks of minified scripts are shown as they were written')
    .command('upload')
    .description('upload the source maps of a build')
    .argument('<path>', 'folder of the build, a zip archive of it, or one .map file')
    .option('--release <version>', 'version that events name; not needed where scripts carry debug ids')
    .option('--dist <name>', 'build of the release')
    .option('--project <slug>', 'project (default: the only one)')
    .option('--url-prefix <url>', 'where the root of the folder is served, such as ~/static')
    .option('--json', 'print JSON', false)
    .action((path: string, raw: unknown) => upload(path, parseOptions(optionsSchema, raw)));
}
