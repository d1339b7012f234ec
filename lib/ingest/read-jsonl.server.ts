import { createHash } from 'node:crypto';
import { readJsonlLine } from './protocols/jsonl';
import type { ReportError } from './protocols/report-fields';

export interface JsonlFile {
  /** Bodies for `POST /errors/batch`, with the line each stood on, from 1. */
  reports: { line: number; report: Record<string, unknown> }[];
  refused: { line: number; error: ReportError }[];
}

/**
 * Reads a file of one error a line. Reports without an id get one made of their text and of how often that text stood
 * before them, so that reading a file again, grown or cut at its end, stores nothing twice.
 */
export function readJsonl(text: string, service?: string): JsonlFile {
  const file: JsonlFile = { reports: [], refused: [] };
  const seen = new Map<string, number>();
  for (const [at, line] of text.split('\n').entries()) {
    const read = readJsonlLine(line, at + 1, service);
    if (!read) continue;
    if ('error' in read) {
      file.refused.push(read);
      continue;
    }
    const { report } = read;
    const content = `${String(report.service)}\n${line.trim()}`;
    const nth = seen.get(content) ?? 0;
    seen.set(content, nth + 1);
    report.event_id ??= report.id ?? createHash('md5').update(`${nth}\n${content}`).digest('hex');
    file.reports.push(read);
  }
  return file;
}
