import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';

/** One file each, in the order of the help. A file stays small and loads what it needs when its command runs. */
const COMMANDS = [
  'start',
  'import',
  'export',
  'match',
  'run',
  'send',
  'user',
  'project',
  'token',
  'worker',
  'doctor',
] as const;

interface CommandFile {
  register(program: Command): void;
}

const { version }: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const program = new Command('errata')
  .description('Errors in, the known fix out. Run `errata start`, then the others against it.')
  .version(version)
  .showHelpAfterError('(errata --help lists the commands)');

for (const name of COMMANDS) {
  const file = new URL(`./${name}.ts`, import.meta.url);
  if (existsSync(file)) ((await import(file.href)) as CommandFile).register(program);
}

try {
  await program.parseAsync();
} catch (error) {
  // Our errors say what happened and what to do; a stack helps only whoever looks for a defect.
  const text =
    error instanceof Error ? (process.env.ERRATA_LOG_LEVEL === 'debug' ? error.stack : error.message) : error;
  process.stderr.write(`errata: ${text}\n`);
  process.exit(1);
}
