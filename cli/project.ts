import type { Command } from 'commander';
import { z } from 'zod';
import { projectInputSchema, slugSchema } from '@/lib/projects/project-schema';
import { parseOptions, print } from './options';

const optionsSchema = z
  .object({
    slug: slugSchema.optional(),
    name: projectInputSchema.shape.name.optional(),
    platform: projectInputSchema.shape.platform,
    json: z.boolean().default(false),
  })
  .refine((options) => options.slug ?? options.name, { path: ['name'], message: 'expected --name, --slug or both' });

async function createProject({ json, slug, name, platform }: z.output<typeof optionsSchema>): Promise<void> {
  const { withDatabase } = await import('@/lib/server/with-database.server');
  await withDatabase('project create', async ({ origin }) => {
    const projects = await import('@/lib/projects/create-project.server');
    const { systemViewer } = await import('@/lib/auth/viewer');
    const project = await projects.createProject({
      viewer: systemViewer('Command line'),
      name: name ?? slug ?? '',
      slug,
      platform,
      origin,
    });
    const key = project.keys[0];
    const made = { id: project.id, slug: project.slug, name: project.name, key: key?.public_key, dsn: key?.dsn };
    print(json, made, [`Created project ${made.slug} (id ${made.id}).`, `Key  ${made.key}`, `DSN  ${made.dsn}`]);
  });
}

export function register(program: Command): void {
  const project = program.command('project').description('manage projects, straight on the database');
  project
    .command('create')
    .description('add a project and print its key and DSN')
    .option('--slug <slug>', 'lower-case name in URLs and issue ids (default: from the name)')
    .option('--name <name>', 'name to show (default: the slug)')
    .option('--platform <platform>', 'node, python, java, …')
    .option('--json', 'print JSON: id, slug, name, key, dsn')
    .action((raw: unknown) => createProject(parseOptions(optionsSchema, raw)));
}
