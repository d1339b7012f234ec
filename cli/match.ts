import type { Command } from 'commander';
import { z } from 'zod';
import type { Evidence, Match, MatchAnswer } from '@/lib/search/match-schema';
import { callApi, errataUrl, readInput } from './api';
import { parseOptions, print } from './options';

const optionsSchema = z.object({
  service: z.string().max(200).optional(),
  limit: z.coerce.number('expected a number').int().min(1).max(50).default(3),
  json: z.boolean().default(false),
});

/** Exit code for "nothing known"; 1 is a failure, as everywhere. */
export const EXIT_UNKNOWN = 3;

const REASONS: Record<Evidence['kind'], string> = {
  signature: 'signature',
  message: 'message',
  code: 'error code',
  type: 'error type',
  phrase: 'phrases',
  words: 'words',
  component: 'component',
  feedback: 'said before',
  transfer: 'known from elsewhere',
};

/** What a person reads: the entry, how sure, where, and why. */
export function matchLines(match: Match, url: string): string[] {
  return [
    `${match.entry}  ${match.title}  (${Math.round(match.confidence * 100)} % sure)`,
    `  ${url}/knowledge/${match.entry}`,
    ...match.evidence.slice(0, 4).map((part) => `  ${REASONS[part.kind]}: ${part.matched.join(', ')}`),
  ];
}

async function match(file: string | undefined, options: z.output<typeof optionsSchema>): Promise<void> {
  const text = readInput(file);
  if (!text.trim()) throw new Error('There is no error text to match.');
  const answer = await callApi<MatchAnswer>('POST', '/api/v1/match', {
    error_message: text.slice(0, 1_000_000),
    service: options.service,
    limit: options.limit,
  });
  const lines = answer.abstained
    ? ['No known fix.', ...(answer.data.length > 0 ? ['Nearest, but unlikely:'] : [])]
    : [];
  print(options.json, answer, [...lines, ...answer.data.flatMap((one) => matchLines(one, errataUrl()))]);
  if (answer.abstained) process.exitCode = EXIT_UNKNOWN;
}

export function register(program: Command): void {
  program
    .command('match')
    .argument('[file]', 'file with the error text; standard input when left out or -')
    .description('find the known fix of an error: some-command 2>&1 | errata match')
    .option('--service <name>', 'the service that failed')
    .option('--limit <n>', 'how many entries at most')
    .option('--json', 'print the answer of the API')
    .addHelpText('after', `\nExit codes: 0 a known fix, ${EXIT_UNKNOWN} none, 1 the call failed.`)
    .action((file: string | undefined, raw: unknown) => match(file, parseOptions(optionsSchema, raw)));
}
