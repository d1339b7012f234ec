import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { ENTRY_STATUSES, SEVERITIES } from '@/lib/knowledge/entry-words';
import { parseOptions } from './options';

/** What `--format` takes, and the address of each. */
const FORMATS = ['md', 'zip', 'json', 'knowledge-base-json'] as const;
const ADDRESSES: Record<(typeof FORMATS)[number], string> = {
  md: 'guide.md',
  zip: 'guide.zip',
  json: 'guide.json',
  'knowledge-base-json': 'guide.json?format=knowledge-base',
};

const optionsSchema = z.object({
  output: z.string().min(1, 'expected a file').optional(),
  zip: z.boolean().default(false),
  format: z.enum(FORMATS, { error: `expected ${FORMATS.join(', ')}` }).optional(),
  category: z.string().optional(),
  severity: z.enum(SEVERITIES).optional(),
  component: z.string().optional(),
  tag: z.string().optional(),
  status: z.string().optional(),
  json: z.boolean().default(false),
});
type Options = z.output<typeof optionsSchema>;

const FILTERS = ['category', 'severity', 'component', 'tag', 'status'] as const;

const formatOf = ({ format, zip }: Options) => format ?? (zip ? 'zip' : 'md');

async function exportGuide(options: Options): Promise<void> {
  const bytes = await fetchGuide(options);
  if (!options.output || options.output === '-') {
    if (formatOf(options) === 'zip' && process.stdout.isTTY)
      throw new Error('A zip archive needs a file: add -o guide.zip.');
    process.stdout.write(bytes);
    return;
  }
  const changed = await writeIfChanged(options.output, bytes);
  const words = `${changed ? 'Wrote' : 'Unchanged:'} ${options.output} (${bytes.length} bytes)`;
  process.stdout.write(
    options.json ? `${JSON.stringify({ file: options.output, bytes: bytes.length, changed })}\n` : `${words}\n`,
  );
}

/** @throws Error in words for people: no server, no token, a refusal. */
async function fetchGuide(options: Options): Promise<Buffer> {
  const base = process.env.ERRATA_URL ?? `http://127.0.0.1:${process.env.PORT ?? 8090}`;
  const url = new URL(`${base.replace(/\/$/, '')}/api/v1/${ADDRESSES[formatOf(options)]}`);
  for (const name of FILTERS) if (options[name]) url.searchParams.set(name, options[name]);
  const token = process.env.ERRATA_TOKEN;
  let response: Response;
  try {
    response = await fetch(url, { headers: token ? { authorization: `Bearer ${token}` } : {} });
  } catch (cause) {
    throw new Error(`No Errata answers at ${base}. Start it, or set ERRATA_URL.`, { cause });
  }
  if (response.ok) return Buffer.from(await response.arrayBuffer());
  if (response.status === 401) throw new Error('Set ERRATA_TOKEN to an API token with the read scope.');
  const problem = (await response.json().catch(() => null)) as { detail?: string } | null;
  throw new Error(problem?.detail ?? `${url} answered ${response.status}.`);
}

/** Leaves a file that holds these bytes untouched; never leaves half of one. */
async function writeIfChanged(file: string, bytes: Buffer): Promise<boolean> {
  const present = await readFile(file).catch(() => null);
  if (present?.equals(bytes)) return false;
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, bytes);
  await rename(temporary, file);
  return true;
}

export function register(program: Command): void {
  program
    .command('export')
    .description('write the guide as Markdown, as a zip of one file per entry, or as JSON')
    .option('-o, --output <file>', 'where to (default: standard output)')
    .option('--zip', 'the same as --format zip: one Markdown file per entry and section, with front matter')
    .option('--format <name>', `${FORMATS.join(', ')} (default: md); all but the last are imported whole again`)
    .option('--category <name>', 'only entries of this category')
    .option('--severity <level>', `only ${SEVERITIES.join(', ')}`)
    .option('--component <name>', 'only entries of this component')
    .option('--tag <tag>', 'only entries with this tag')
    .option('--status <list>', `out of ${ENTRY_STATUSES.join(', ')}, comma-separated (default: published)`)
    .option('--json', 'with -o: print JSON: file, bytes, changed')
    .action((raw: unknown) => exportGuide(parseOptions(optionsSchema, raw)));
}
