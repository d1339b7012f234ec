import type { Command } from 'commander';
import { z } from 'zod';
import { roleSchema } from '@/lib/auth/permissions';
import { emailSchema, nameSchema, passwordSchema } from '@/lib/auth/user-schema';
import { parseOptions, print } from './options';

const optionsSchema = z
  .object({
    email: emailSchema,
    name: nameSchema.optional(),
    role: roleSchema.default('engineer'),
    password: passwordSchema.optional(),
    json: z.boolean().default(false),
  })
  .transform((options) => ({ ...options, name: options.name ?? options.email.split('@')[0] ?? options.email }));

async function createUser(input: z.output<typeof optionsSchema>): Promise<void> {
  const { withDatabase } = await import('@/lib/server/with-database.server');
  await withDatabase('user create', async ({ origin }) => {
    const users = await import('@/lib/auth/create-user.server');
    const { systemViewer } = await import('@/lib/auth/viewer');
    const { password, json, ...person } = input;
    const common = { ...person, viewer: systemViewer('Command line'), now: new Date() };
    if (password !== undefined) {
      const user = await users.createUser({ ...common, password });
      print(json, user, [`Created ${user.email} as ${user.role}.`]);
      return;
    }
    const { invite_path, ...user } = await users.inviteUser(common);
    const invite_url = origin + invite_path;
    print(json, { ...user, invite_url }, [
      `Invited ${user.email} as ${user.role}. This link lets them choose a password, for seven days:`,
      invite_url,
    ]);
  });
}

export function register(program: Command): void {
  const user = program.command('user').description('manage members, straight on the database');
  user
    .command('create')
    .description('add a member; without --password an invitation link is printed')
    .requiredOption('--email <address>', 'address to sign in with')
    .option('--name <name>', 'name to show (default: the part before the @)')
    .option('--role <role>', 'viewer, engineer, reviewer or admin', 'engineer')
    .option('--password <password>', 'at least 10 characters; `-` reads it from standard input')
    .option('--json', 'print JSON')
    .action(async (raw: { password?: string }) => {
      const { text } = await import('node:stream/consumers');
      const password = raw.password === '-' ? (await text(process.stdin)).trimEnd() : raw.password;
      await createUser(parseOptions(optionsSchema, { ...raw, password }));
    });
}
