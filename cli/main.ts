import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { AppError } from '@/lib/errors';

/** One file each, in the order of the help. A file stays small and loads what it needs when its command runs. */
const COMMANDS = [
  'start',
  'import',
  'export',
  'match',
  'run',
  'send',
  'sourcemaps',
  'user',
  'project',
  'token',
  'worker',
  'doctor',
] as const;

interface CommandFile {
  register(program: Command): void;
}

/** Exit codes: 0 done, 1 failed, 2 not understood; a command may add its own. */
const USAGE_ERROR = 2;

/** Our errors say what happened and what to do; a stack helps only whoever looks for a defect. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (process.env.ERRATA_LOG_LEVEL === 'debug') return error.stack ?? error.message;
  const fields = error instanceof AppError ? (error.errors ?? []) : [];
  return [error.message, ...fields.map(({ field, message }) => `  ${field}: ${message}`)].join('\n');
}

const { version }: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const program = new Command('errata')
  .description('Errors in, the known fix out. Run `errata start`, then the others against it.')
  .version(version)
  .showHelpAfterError('(errata --help lists the commands)');

program.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE_ERROR));

for (const name of COMMANDS) {
  const file = new URL(`./${name}.ts`, import.meta.url);
  ((await import(file.href)) as CommandFile).register(program);
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`errata: ${explain(error)}\n`);
  process.exit(1);
}
