import { cleanPayload } from '../clean-payload';
import { cutMiddle, cutText, LIMITS } from '../limits';
import type { EventDraft } from '../normalize-event';
import {
  checkFields,
  checkObject,
  isObject,
  KNOWN_FIELDS,
  parseLevel,
  type ReportError,
  reportError,
  SEVERITY_LEVELS,
} from './report-fields';
import { readReportedStack } from './reported-stack';

/** A report that was understood (`draft`, and `raw`: what was sent, cleaned), or why it was not. */
export type ReportResult = { draft: EventDraft; raw: Record<string, unknown> } | { error: ReportError };

const optionalText = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : String(value);

function readUser(user: unknown): Record<string, unknown> | undefined {
  if (user === undefined || user === null) return undefined;
  return isObject(user) ? user : { id: String(user) };
}

/**
 * One report of `POST /errors`. `field` names it in errors (`errors.3` in a batch). `notes` are sentences about what was
 * already changed, such as replaced bytes.
 */
export function readErrorReport(
  input: unknown,
  options: { field?: string; protocol?: EventDraft['protocol']; notes?: readonly string[] } = {},
): ReportResult {
  const noObject = checkObject(input, options.field ?? 'body');
  if (noObject || !isObject(input)) return { error: reportError(noObject ? [noObject] : []) };
  const errors = checkFields(input);
  if (errors.length > 0) return { error: reportError(errors) };

  const trimmed = [...(options.notes ?? [])];
  const joined = Array.isArray(input.stack_trace) ? { ...input, stack_trace: input.stack_trace.join('\n') } : input;
  const report = cleanPayload(joined, trimmed);
  const stack = optionalText(report.stack_trace);
  const { platform, exceptions } = readReportedStack({
    type: String(report.error_type).trim(),
    value: String(report.error_message),
    stack,
    language: optionalText(report.language)?.trim() || undefined,
  });
  const other: Record<string, unknown> = {};
  for (const key in report) if (!KNOWN_FIELDS.has(key)) other[key] = report[key];
  const severity = optionalText(report.severity)?.trim().toLowerCase();
  const level = optionalText(report.level);

  const draft: EventDraft = {
    protocol: options.protocol ?? 'errors',
    id: optionalText(report.event_id ?? report.id),
    timestamp: report.timestamp ?? undefined,
    platform,
    level: (level === undefined ? null : parseLevel(level)) ?? SEVERITY_LEVELS[severity ?? 'high'],
    service: String(report.service),
    environment: optionalText(report.environment),
    release: optionalText(report.release),
    transaction: optionalText(report.context),
    exceptions,
    tags: report.tags ?? undefined,
    user: readUser(report.user),
    extra: isObject(report.additional_data) ? report.additional_data : undefined,
    fingerprint: Array.isArray(report.fingerprint) ? report.fingerprint.map(String) : undefined,
    other,
    trimmed,
  };
  const longStack = stack !== undefined && stack.length > LIMITS.keptStackText;
  return { draft, raw: longStack ? { ...report, stack_trace: cutMiddle(stack, LIMITS.keptStackText) } : report };
}

/** A body of `POST /errors` or `/errors/batch` as JSON. Bytes that are no UTF-8 are replaced, and noted. */
export function decodeJsonBody(body: Buffer): { value: unknown; notes: string[] } | { error: ReportError } {
  let text = body.toString('utf8');
  const notes: string[] = [];
  if (text.includes('\ufffd') && !body.includes('\ufffd')) {
    notes.push('body: bytes that are no UTF-8 were replaced by U+FFFD');
  }
  if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
  const expected = 'a JSON object';
  if (text.trim() === '') {
    return { error: reportError([{ field: 'body', message: 'body is empty', expected }], 'malformed_json') };
  }
  try {
    return { value: JSON.parse(text), notes };
  } catch (error) {
    const reason = error instanceof Error ? cutText(error.message, 200) : 'unreadable';
    return {
      error: reportError([{ field: 'body', message: `body is not valid JSON: ${reason}`, expected }], 'malformed_json'),
    };
  }
}
