import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { Command } from 'commander';
import { captureResultSchema } from '@/lib/ingest/capture-schema';
import { type CommandFailure, reportOfFailure } from '@/lib/ingest/command-failure';
import { CallError } from './api';
import { callCapture } from './capture';

interface RunOptions {
  service: string;
  context?: string;
  environment?: string;
  release?: string;
  severity?: string;
  json: boolean;
}

const KEPT_BYTES = 128 * 1024;
/** What shells answer for a command that does not exist, and add to a signal's number. */
const NOT_FOUND = 127;
const BY_SIGNAL = 128;
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The end of a stream of bytes. */
class Tail {
  #chunks: Buffer[] = [];
  #size = 0;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size - this.#chunks[0]!.length >= KEPT_BYTES) this.#size -= this.#chunks.shift()!.length;
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

/** Runs the command as if it had been called directly: same input, output, signals. */
function execute(command: readonly string[]): Promise<CommandFailure> {
  const started = performance.now();
  const tail = new Tail();
  const [file = '', ...rest] = command;
  return new Promise((resolve) => {
    const child = spawn(file, rest, { stdio: ['inherit', 'pipe', 'pipe'] });
    const forward = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    const finish = (exitCode: number | null, signal: string | null): void => {
      for (const name of FORWARDED) process.off(name, forward);
      resolve({ command, exitCode, signal, output: tail.text(), durationMs: performance.now() - started });
    };
    child.stdout.on('data', (chunk: Buffer) => tail.add(chunk));
    child.stderr.on('data', (chunk: Buffer) => tail.add(chunk));
    child.stdout.pipe(process.stdout, { end: false });
    child.stderr.pipe(process.stderr, { end: false });
    child.once('error', (error) => {
      const message = Buffer.from(`errata: ${file} cannot be run: ${error.message}\n`);
      tail.add(message);
      process.stderr.write(message);
      finish(NOT_FOUND, null);
    });
    child.once('close', finish);
  });
}

/** Tells Errata. Whatever goes wrong here, the command's own outcome is what counts. */
async function report(failure: CommandFailure, options: RunOptions): Promise<void> {
  const { json, ...fields } = options;
  try {
    const answer = captureResultSchema.parse(await callCapture('/errors', reportOfFailure(failure, fields)));
    const fix = answer.known_fix;
    const line = `errata: captured as ${answer.issue_id ?? answer.id}${answer.is_new ? ' (new)' : ''}`;
    const known = fix ? `\nerrata: known fix ${fix.entry}: ${fix.title}\nerrata: ${fix.url}` : '';
    process.stderr.write(`${json ? JSON.stringify(answer) : line + known}\n`);
  } catch (error) {
    const reason = error instanceof CallError ? error.message : 'the answer was not understood';
    process.stderr.write(`errata: the failure was not captured: ${reason}\n`);
  }
}

const exitCodeOf = ({ exitCode, signal }: CommandFailure): number =>
  exitCode ?? BY_SIGNAL + (constants.signals[signal as NodeJS.Signals] ?? 0);

export function register(program: Command): void {
  program
    .command('run')
    .description('run a build or CI step and capture its failure; output and exit code pass through')
    .requiredOption('--service <name>', 'the program or pipeline that this step belongs to')
    .option('--context <text>', 'what is being done (default: the command)')
    .option('--environment <name>', 'such as ci')
    .option('--release <version>', 'version being built')
    .option('--severity <severity>', 'low, medium, high or critical (default high)')
    .option('--json', 'print what was captured as JSON on standard error', false)
    .argument('<command...>', 'after --, the command with its arguments')
    .action(async (command: string[], options: RunOptions) => {
      const outcome = await execute(command);
      if (outcome.exitCode !== 0) await report(outcome, options);
      process.exitCode = exitCodeOf(outcome);
    });
}
