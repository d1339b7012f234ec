import { readFileSync } from 'node:fs';
import { SingleBar } from 'cli-progress';
import { captureBatchResultSchema } from '@/lib/ingest/capture-schema';
import { LIMITS } from '@/lib/ingest/limits';
import { serviceOfFile } from '@/lib/ingest/protocols/jsonl';
import { readJsonl } from '@/lib/ingest/read-jsonl.server';
import { type ImportReport, type ImportTotals, importReportSchema } from '@/lib/knowledge/import-schema';
import { isObject, listJsonItems } from '@/lib/knowledge/json-items';
import { CallError, callApi } from './api';
import { callCapture } from './capture';
import type { ImportOptions } from './import';
import { findImportFiles, type ImportFile, readText } from './import-files';
import { EXIT_CONFLICT, print } from './options';

const ENTRIES_A_CALL = 500;

/** What became of one file. */
export interface FileResult {
  file: string;
  kind: ImportFile['kind'];
  /** For knowledge: one report a call. */
  reports: ImportReport[];
  /** For errors. */
  accepted: number;
  /** What was not taken, in words, with its place. */
  refused: string[];
}

const empty = ({ path, kind }: ImportFile): FileResult => ({ file: path, kind, reports: [], accepted: 0, refused: [] });

async function importFile(file: ImportFile, options: ImportOptions): Promise<FileResult> {
  const text = file.kind === 'zip' ? '' : readText(file.path);
  if (file.kind === 'errors') return sendErrors(file, text, options);
  const reports: ImportReport[] = [];
  for (const body of bodiesOf(file, text)) {
    const query = new URLSearchParams({
      document: file.name,
      dry_run: String(options.dryRun),
      publish: String(options.publish),
    });
    const type: Record<string, string> = Buffer.isBuffer(body) ? { 'content-type': 'application/zip' } : {};
    reports.push(importReportSchema.parse(await callApi('POST', `/api/v1/knowledge/import?${query}`, body, type)));
  }
  const entries = reports.flatMap((report) => report.entries);
  const invalid = entries.filter((entry) => entry.action === 'invalid');
  const refused = invalid.map(
    (entry) => `${placeOf(entry)}: ${entry.errors.map(({ field, message }) => `${field}: ${message}`).join('; ')}`,
  );
  return { ...empty(file), reports, refused };
}

const placeOf = (entry: ImportReport['entries'][number]): string =>
  entry.line === null
    ? `entry ${entry.index + 1} (${entry.title})`
    : `${entry.document ?? ''}:${entry.line} (${entry.title})`;

function bodiesOf(file: ImportFile, text: string): object[] {
  if (file.kind === 'zip') return [readFileSync(file.path)];
  if (file.kind === 'markdown') return [{ documents: [{ name: file.name, text, revision: file.revision }] }];
  const json = parseJson(text);
  // A whole guide goes as it is: its sections come along.
  if (isObject(json) && json.format === 'errata-guide') return [json];
  const items = listJsonItems(json);
  if (!items) throw new Error('expected a list of entries, {"entries": […]} or a map of patterns');
  return Array.from({ length: Math.ceil(items.length / ENTRIES_A_CALL) }, (_, at) => ({
    entries: items.slice(at * ENTRIES_A_CALL, (at + 1) * ENTRIES_A_CALL),
  }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new Error(`not valid JSON: ${(cause as Error).message}`, { cause });
  }
}

async function sendErrors(file: ImportFile, text: string, options: ImportOptions): Promise<FileResult> {
  const { reports, refused } = readJsonl(text, options.service ?? serviceOfFile(file.path) ?? undefined);
  const result: FileResult = {
    ...empty(file),
    refused: refused.map(({ line, error }) => `line ${line}: ${error.message}`),
  };
  if (options.dryRun) return { ...result, accepted: reports.length };
  for (let at = 0; at < reports.length; at += LIMITS.batch) {
    const batch = reports.slice(at, at + LIMITS.batch);
    const answer = captureBatchResultSchema.parse(
      await callCapture('/errors/batch', { errors: batch.map(({ report }) => report) }),
    );
    for (const one of answer.results) {
      if ('error' in one) result.refused.push(`line ${batch[one.index]!.line}: ${one.error.message}`);
      else result.accepted += 1;
    }
  }
  return result;
}

const ACTIONS = ['created', 'updated', 'unchanged', 'conflict', 'invalid'] as const;

/** The sums of all reports. */
export function sumTotals(results: readonly FileResult[]): ImportTotals {
  const totals: ImportTotals = { created: 0, updated: 0, unchanged: 0, conflict: 0, invalid: 0 };
  for (const { reports } of results)
    for (const report of reports) for (const action of ACTIONS) totals[action] += report.totals[action];
  return totals;
}

/** One file as people read it: what became of it, then what to look at. */
export function resultLines(result: FileResult): string[] {
  const { file, kind, reports, accepted, refused } = result;
  if (kind === 'errors') return [`${file}: ${accepted} errors`, ...refused.map((line) => `  ✗ ${line}`)];
  const totals = sumTotals([result]);
  const counts = ACTIONS.filter((action) => totals[action] > 0).map((action) => `${totals[action]} ${action}`);
  const sections = reports.reduce((sum, report) => sum + report.sections.length, 0);
  const notes = reports.flatMap((report) => [
    ...report.entries
      .filter((entry) => entry.action === 'conflict')
      .map((entry) => `  ! line ${entry.line}: ${entry.id} ${entry.title}: ${entry.warnings.at(-1)}`),
    ...report.documents.flatMap((document) => [
      ...document.warnings.map(({ line, message }) => `  ! line ${line}: ${message}`),
      ...document.lost_lines.map(({ line, text }) => `  ! line ${line} found no place: ${text}`),
      ...document.vanished.map(({ id, title }) => `  ! ${id} ${title} is no longer in the document; left as it is`),
    ]),
  ]);
  const head = `${file}: ${counts.join(', ') || 'no entries'}${sections > 0 ? `, ${sections} guide sections` : ''}`;
  return [head, ...notes, ...refused.map((line) => `  ✗ ${line}`)];
}

/** Takes every file in turn, shows what became of each, and sets the exit code. @throws CallError when Errata does not answer. */
export async function runImport(paths: readonly string[], options: ImportOptions): Promise<void> {
  const files = findImportFiles(paths);
  if (files.length === 0)
    throw new Error('Nothing to import there: expected .md, .txt, *-errors.jsonl or error_knowledge_base.json.');
  const bar =
    !options.json && process.stderr.isTTY
      ? new SingleBar({ format: '{bar} {value}/{total} {file}', stream: process.stderr, clearOnComplete: true })
      : null;
  bar?.start(files.length, 0, { file: '' });
  const results: FileResult[] = [];
  try {
    for (const file of files) {
      bar?.update({ file: file.name });
      results.push(await importFile(file, options).catch((error: unknown) => refusedWhole(file, error)));
      bar?.increment();
    }
  } finally {
    bar?.stop();
  }
  const totals = sumTotals(results);
  const dry = options.dryRun ? ['Dry run: nothing was changed.'] : [];
  print(options.json, { dry_run: options.dryRun, totals, files: results }, [...results.flatMap(resultLines), ...dry]);
  if (results.some((result) => result.refused.length > 0)) process.exitCode = 1;
  else if (totals.conflict > 0) process.exitCode = EXIT_CONFLICT;
}

/** A file that cannot be read or is refused does not stop the others; a server that is not there does. */
function refusedWhole(file: ImportFile, error: unknown): FileResult {
  if (error instanceof CallError && (error.status === 0 || error.status === 401 || error.status === 403)) throw error;
  return { ...empty(file), refused: [error instanceof Error ? error.message : String(error)] };
}
