import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

// Who may import what. The reasons stand in docs/decisions/0001-rings-and-domain-order.md; an exception needs a record
// of its own beside it.

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Ring {
  files: RegExp;
  /** Specifiers it never imports; project files are written from the root (`lib/db/client.server`). */
  never: RegExp[];
  /** Text that never stands in it, with what to do instead. */
  neverSays?: [RegExp, string][];
}

const PRISMA = /^(@prisma\/|lib\/db\/generated)/;
const SERVER_FILE = /\.server$/;
const REACT = /^react(-dom)?(\/|$)/;
const NEXT = /^next(-auth)?(\/|$)/;
const DRIVERS = /^(pg|graphile-worker|pino|prom-client)(\/|$)/;
const SYSTEM = /^node:(?!crypto$)/;

const RINGS: Record<string, Ring> = {
  'pure: lib/**/*.ts': {
    files: /^lib\/(?!.*\.server\.ts$).*\.ts$/,
    never: [PRISMA, SERVER_FILE, REACT, NEXT, DRIVERS, SYSTEM],
    neverSays: [
      [/\bprocess\.env\b/, 'take the value as an argument'],
      [/\bDate\.now\(\)|\bnew Date\(\)/, 'take `now` as an argument'],
    ],
  },
  'IO: lib/**/*.server.ts': {
    files: /^lib\/(?!(?:http|auth)\/).*\.server\.ts$/,
    never: [REACT, NEXT],
  },
  'IO that speaks Next: lib/{http,auth}/**/*.server.ts': {
    files: /^lib\/(?:http|auth)\/.*\.server\.ts$/,
    never: [REACT],
  },
  'components/**': {
    files: /^components\//,
    never: [PRISMA, SERVER_FILE, DRIVERS, /^node:/],
  },
  'app/** and cli/**': {
    files: /^(?:app|cli)\//,
    never: [PRISMA],
  },
};

/** What every domain may use: no rules of the product in it. */
const GROUND = ['auth', 'db', 'http', 'jobs', 'notifications', 'projects', 'settings'];

/** The shapes that cross domains (events, entries, issues): words without rules, which any domain may speak. */
const SHAPES = /-(?:schema|words)$/;

/** Each domain, and the domains to its left that it may use. */
const DOMAINS: Record<string, string[]> = {
  grouping: [],
  'source-maps': [],
  issues: ['grouping', 'source-maps'],
  ingest: ['grouping', 'source-maps', 'issues'],
  knowledge: ['grouping', 'issues'],
  search: ['grouping', 'issues', 'knowledge'],
  // Of capture it needs the scrubber: see docs/decisions/0007-drafts.md.
  learning: ['grouping', 'issues', 'knowledge', 'search', 'ingest'],
  guide: ['grouping', 'issues', 'knowledge', 'search', 'learning'],
  analytics: ['issues', 'knowledge', 'learning'],
  retention: [],
};

interface Source {
  path: string;
  text: string;
  imports: string[];
}

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"\n]+)['"]/g;
const isTestSupport = (path: string): boolean =>
  /\.test\.tsx?$|-fixtures?\.tsx?$|\/fixtures\/|\/test-[^/]*\.ts$/.test(path);

function normalise(specifier: string, path: string): string {
  const file = specifier.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(path), specifier)) : specifier;
  return file
    .replace(/^@\//, '')
    .split(sep)
    .join('/')
    .replace(/\.tsx?$/, '');
}

function readSources(): Source[] {
  const folders = ['app', 'cli', 'components', 'lib'];
  const paths = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name).split(sep).join('/'),
    ),
  );
  return paths
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith('lib/db/generated/') && !isTestSupport(path))
    .map((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      return { path, text, imports: [...text.matchAll(IMPORT)].map((match) => normalise(match[1] ?? '', path)) };
    });
}

const sources = readSources();
const domainOf = (path: string): string => /^lib\/([^/]+)\//.exec(path)?.[1] ?? '';

describe('rings', () => {
  it.each(Object.entries(RINGS))('%s', (_, { files, never, neverSays = [] }) => {
    const ring = sources.filter(({ path }) => files.test(path));
    const wrong = ring.flatMap(({ path, text, imports }) => [
      ...imports.filter((name) => never.some((rule) => rule.test(name))).map((name) => `${path} imports ${name}`),
      ...neverSays.filter(([rule]) => rule.test(text)).map(([rule, advice]) => `${path} says ${rule}: ${advice}`),
    ]);
    expect(ring.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });
});

describe('domains use those to their left', () => {
  it.each(Object.entries(DOMAINS))('%s', (domain, left) => {
    const allowed = new Set([domain, ...GROUND, ...left]);
    const wrong = sources
      .filter(({ path }) => domainOf(path) === domain)
      .flatMap(({ path, imports }) =>
        imports
          .filter((name) => domainOf(name) !== '' && !allowed.has(domainOf(name)) && !SHAPES.test(name))
          .map((name) => `${path} imports ${name}`),
      );
    expect(wrong).toEqual([]);
  });

  it('the ground uses no domain', () => {
    const wrong = sources
      .filter(({ path }) => GROUND.includes(domainOf(path)) && path !== 'lib/jobs/registry.server.ts')
      .flatMap(({ path, imports }) =>
        imports
          .filter((name) => domainOf(name) in DOMAINS && !SHAPES.test(name))
          .map((name) => `${path} imports ${name}`),
      );
    expect(wrong).toEqual([]);
  });

  it('only the worker knows the handlers of jobs', () => {
    const importers = sources.filter(({ imports }) => imports.includes('lib/jobs/registry.server'));
    expect(importers.map(({ path }) => path)).toEqual(['lib/jobs/worker.server.ts']);
  });
});

it('keeps server-only code in front of the database and the environment, and nowhere else', () => {
  const guarded = sources.filter(({ imports }) => imports.includes('server-only')).map(({ path }) => path);
  expect(guarded.sort()).toEqual(['lib/db/client.server.ts', 'lib/env.server.ts']);
});
