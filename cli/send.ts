import type { Command } from 'commander';
import { z } from 'zod';
import { type CaptureBatchResult, captureBatchResultSchema } from '@/lib/ingest/capture-schema';
import { LIMITS } from '@/lib/ingest/limits';
import { serviceOfFile } from '@/lib/ingest/protocols/jsonl';
import { isObject } from '@/lib/ingest/protocols/report-fields';
import { readJsonl } from '@/lib/ingest/read-jsonl.server';
import { SEVERITIES } from '@/lib/knowledge/entry-words';
import { CallError, readInput } from './api';
import { callCapture, EXIT_UNREACHABLE } from './capture';
import { parseOptions, print } from './options';

const optionsSchema = z.object({
  service: z.string().min(1).max(200).optional(),
  type: z.string().min(1).optional(),
  message: z.string().min(1, 'expected a text').optional(),
  severity: z.enum(SEVERITIES).optional(),
  context: z.string().optional(),
  environment: z.string().optional(),
  release: z.string().optional(),
  stack: z.string().optional(),
  tag: z.array(z.string().regex(/^[^=]+=/, 'expected NAME=VALUE')).default([]),
  json: z.boolean().default(false),
});
type SendOptions = z.output<typeof optionsSchema>;

/** A report and where it stood, for messages. */
interface Located {
  where: string;
  report: unknown;
}
interface Refused {
  where: string;
  message: string;
}

const splitTag = (tag: string): [string, string] => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)];

function fromOptions(options: SendOptions): Located[] {
  const report = {
    service: options.service,
    error_type: options.type ?? 'Error',
    error_message: options.message,
    severity: options.severity,
    context: options.context,
    environment: options.environment,
    release: options.release,
    stack_trace: options.stack === undefined ? undefined : readInput(options.stack),
    tags: Object.fromEntries(options.tag.map(splitTag)),
  };
  return [{ where: 'the report', report }];
}

/** A JSON report, a list of them, `{"errors":[…]}`, or one report a line. */
function fromText(text: string, file: string, service: string | undefined): { reports: Located[]; refused: Refused[] } {
  if (file.endsWith('.jsonl')) return fromLines(text, service ?? serviceOfFile(file) ?? undefined);
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    return fromLines(text, service);
  }
  const list = Array.isArray(whole) ? whole : isObject(whole) && Array.isArray(whole.errors) ? whole.errors : [whole];
  const reports = list.map((item: unknown, at): Located => {
    const report = isObject(item) && service !== undefined ? { service, ...item } : item;
    return { where: list.length === 1 ? 'the report' : `report ${at + 1}`, report };
  });
  return { reports, refused: [] };
}

function fromLines(text: string, service: string | undefined): { reports: Located[]; refused: Refused[] } {
  const file = readJsonl(text, service);
  return {
    reports: file.reports.map(({ line, report }) => ({ where: `line ${line}`, report })),
    refused: file.refused.map(({ line, error }) => ({ where: `line ${line}`, message: error.message })),
  };
}

async function sendAll(reports: readonly Located[]): Promise<CaptureBatchResult['results']> {
  const results: CaptureBatchResult['results'] = [];
  for (let at = 0; at < reports.length; at += LIMITS.batch) {
    const errors = reports.slice(at, at + LIMITS.batch).map(({ report }) => report);
    const answer = captureBatchResultSchema.parse(await callCapture('/errors/batch', { errors }));
    results.push(...answer.results.map((result) => ({ ...result, index: result.index + at })));
  }
  return results;
}

async function send(file: string | undefined, options: SendOptions): Promise<void> {
  if (file !== undefined && options.message !== undefined) throw new Error('Give a FILE or --message, not both.');
  const { reports, refused } =
    options.message === undefined
      ? fromText(readInput(file), file ?? '-', options.service)
      : { reports: fromOptions(options), refused: [] };
  const results = await sendAll(reports);
  for (const result of results) {
    if ('error' in result) refused.push({ where: reports[result.index]!.where, message: result.error.message });
  }
  const stored = results.flatMap((result) => ('error' in result ? [] : [result]));
  const lines = stored.map(({ id, issue_id, is_new, known_fix }) => {
    const fix = known_fix ? `, known fix ${known_fix.entry}: ${known_fix.title} (${known_fix.url})` : '';
    return `${issue_id ?? id}${is_new ? ' (new)' : ''}${fix}`;
  });
  const summary =
    lines.length > 20
      ? [`${stored.length} stored in ${new Set(stored.map(({ issue_id }) => issue_id)).size} issues`]
      : lines;
  print(
    options.json,
    { accepted: stored.length, rejected: refused.length, results, refused },
    summary.length > 0 ? summary : ['nothing stored'],
  );
  if (refused.length === 0) return;
  if (!options.json) for (const { where, message } of refused) process.stderr.write(`errata: ${where}: ${message}\n`);
  process.exitCode = 1;
}

export function register(program: Command): void {
  program
    .command('send')
    .description('send errors: from options, a JSON or JSONL file, or standard input')
    .argument('[file]', 'JSON report, list of reports, or one report a line; - for standard input')
    .option('--service <name>', 'the program that failed')
    .option('--type <type>', 'type of the error, such as TypeError')
    .option('--message <text>', 'what it says; sends one report made from the options')
    .option('--severity <severity>', 'low, medium, high or critical')
    .option('--context <text>', 'what was being done')
    .option('--environment <name>', 'such as production')
    .option('--release <version>', 'version of the service')
    .option('--stack <file>', 'file with the stack trace; - for standard input')
    .option('--tag <name=value>', 'a tag; may be repeated', (tag: string, tags: string[]) => [...tags, tag], [])
    .option('--json', 'print JSON', false)
    .addHelpText(
      'after',
      `\nExit codes: 0 all stored, 1 refused in whole or part, ${EXIT_UNREACHABLE} Errata does not answer.`,
    )
    .action(async (file: string | undefined, raw: unknown) => {
      try {
        await send(file, parseOptions(optionsSchema, raw));
      } catch (error) {
        if (!(error instanceof CallError) || error.status !== 0) throw error;
        process.stderr.write(`errata: ${error.message}\n`);
        process.exitCode = EXIT_UNREACHABLE;
      }
    });
}
