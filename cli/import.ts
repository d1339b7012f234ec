import type { Command } from 'commander';
import { z } from 'zod';
import { CallError } from './api';
import { EXIT_UNREACHABLE } from './capture';
import { EXIT_CONFLICT, parseOptions } from './options';

const optionsSchema = z.object({
  publish: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  service: z.string().min(1).max(200).optional(),
  json: z.boolean().default(false),
});
export type ImportOptions = z.output<typeof optionsSchema>;

export function register(program: Command): void {
  program
    .command('import')
    .description(
      'bring in Markdown knowledge (.md, .txt), exported guides (.md, .zip, .json), error_knowledge_base.json, and errors (*-errors.jsonl)',
    )
    .argument('<path...>', 'files, folders and git checkouts (what git ignores is left out)')
    .option('--publish', 'publish what comes in, instead of leaving drafts')
    .option('--dry-run', 'show what would happen, change nothing')
    .option('--service <name>', 'service of errors that name none (default: from the file name)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nNeeds ERRATA_TOKEN (write; review with --publish), and ERRATA_KEY for errors.\nExit codes: 0 all taken, 1 refused in whole or part, ${EXIT_UNREACHABLE} Errata does not answer, ${EXIT_CONFLICT} entries edited in Errata were left as they are.`,
    )
    .action(async (paths: string[], raw: unknown) => {
      try {
        const options = parseOptions(optionsSchema, raw);
        const { runImport } = await import('./run-import');
        await runImport(paths, options);
      } catch (error) {
        if (!(error instanceof CallError) || error.status !== 0) throw error;
        process.stderr.write(`errata: ${error.message}\n`);
        process.exitCode = EXIT_UNREACHABLE;
      }
    });
}
