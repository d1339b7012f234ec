import { type ReportResult, readErrorReport } from './errors-api';
import { isObject, type ReportError, reportError } from './report-fields';

/** Names that other writers of `*-errors.jsonl` use, in order of preference. */
const ALIASES: Record<string, readonly string[]> = {
  timestamp: ['ts', 'time', '@timestamp', 'datetime'],
  error_message: ['error', 'message', 'msg', 'err'],
  error_type: ['type', 'exception', 'exception_type', 'name'],
  stack_trace: ['stacktrace', 'stack', 'traceback'],
  service: ['service_name', 'component', 'app'],
  additional_data: ['data', 'extra', 'metadata'],
};

/** `docker-build-errors.jsonl` → `docker-build`; null for other names. */
export function serviceOfFile(name: string): string | null {
  return /^(.{1,200})-errors\.jsonl$/.exec(name.replace(/^.*[\\/]/, ''))?.[1] ?? null;
}

function withAliases(line: Record<string, unknown>, service: string | undefined): Record<string, unknown> {
  const report: Record<string, unknown> = { ...line };
  for (const [field, names] of Object.entries(ALIASES)) {
    if (report[field] !== undefined && report[field] !== null) continue;
    const name = names.find((alias) => {
      const value = report[alias];
      return field === 'additional_data'
        ? isObject(value)
        : typeof value === 'string' || (field === 'timestamp' && typeof value === 'number');
    });
    if (name === undefined) continue;
    report[field] = report[name];
    delete report[name];
  }
  if (report.service === undefined && service) report.service = service;
  if (report.error_type === undefined && typeof report.error_message === 'string') {
    report.error_type = /^([A-Za-z_][\w.]{0,200}(?:Error|Exception)): /.exec(report.error_message)?.[1] ?? 'Error';
  }
  return report;
}

/** A line of a JSONL file that was understood or refused; `line` counts from 1. */
export type JsonlLine = { line: number; report: Record<string, unknown> } | { line: number; error: ReportError };

/** Reads one line into the body of `POST /errors`; null for a blank one. `service` stands in where the line names none. */
export function readJsonlLine(text: string, line: number, service?: string): JsonlLine | null {
  if (text.trim() === '') return null;
  const field = `line ${line}`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const error = { field, message: `${field} is not valid JSON`, expected: 'a JSON object' };
    return { line, error: reportError([error], 'malformed_json') };
  }
  if (!isObject(value)) {
    return { line, error: reportError([{ field, message: `${field} is not an object`, expected: 'a JSON object' }]) };
  }
  const report = withAliases(value, service);
  const checked: ReportResult = readErrorReport(report, { field, protocol: 'jsonl' });
  return 'error' in checked ? { line, error: checked.error } : { line, report };
}
