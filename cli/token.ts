import type { Command } from 'commander';
import { z } from 'zod';
import { SCOPES, scopeSchema } from '@/lib/auth/permissions';
import { nameSchema } from '@/lib/auth/user-schema';
import { parseOptions, print } from './options';

const optionsSchema = z.object({
  name: nameSchema,
  scopes: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(
      z
        .array(scopeSchema, { error: `expected a list out of ${SCOPES.join(', ')}` })
        .min(1, 'expected at least one scope'),
    ),
  expires: z.iso
    .date('expected a day like 2027-01-31')
    .transform((day) => new Date(`${day}T00:00:00Z`))
    .optional(),
  json: z.boolean().default(false),
});

async function createToken({ json, name, scopes, expires }: z.output<typeof optionsSchema>): Promise<void> {
  const { withDatabase } = await import('@/lib/server/with-database.server');
  await withDatabase('token create', async () => {
    const tokens = await import('@/lib/auth/create-token.server');
    const { systemViewer } = await import('@/lib/auth/viewer');
    const viewer = systemViewer('Command line');
    const made = await tokens.createToken({ viewer, name, scopes, expiresAt: expires ?? null, now: new Date() });
    print(json, made, [`Created token "${made.name}" (${made.scopes.join(', ')}). It is shown this once:`, made.token]);
  });
}

export function register(program: Command): void {
  const token = program.command('token').description('manage API tokens, straight on the database');
  token
    .command('create')
    .description('make an API token and print it')
    .requiredOption('--name <name>', 'what it is for')
    .option('--scopes <list>', 'out of read, write, review, admin; each holds those before it', 'read')
    .option('--expires <day>', 'last day plus one, like 2027-01-31 (default: never)')
    .option('--json', 'print JSON: token and its description')
    .action((raw: unknown) => createToken(parseOptions(optionsSchema, raw)));
}
