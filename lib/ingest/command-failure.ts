import { cutText } from './limits';
import { parseStackTrace } from './stack-traces/parse-stack-trace';

/** How a command ended, and the end of what it printed. */
export interface CommandFailure {
  command: readonly string[];
  /** Null when a signal ended it. */
  exitCode: number | null;
  signal: string | null;
  /** The last part of standard output and error as they were interleaved. */
  output: string;
  durationMs: number;
}

const TELLING =
  /\b(?:error|fatal|failed|failure|exception|panic(?:ked)?|cannot|could not|not found|undefined reference|denied)\b/i;
const COUNTED_NONE = /\b0 (?:errors?|failed|failures?)\b/i;
const MAX_OUTPUT = 16_000;
// Colours, cursor movements and titles that terminals understand.
const TERMINAL = /\u001b(?:\[[0-9;?]{0,20}[ -/]?[@-~]|\][^\u0007\u001b]{0,200}(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

const ended = ({ exitCode, signal }: CommandFailure): string =>
  exitCode === null ? `was ended by ${signal ?? 'a signal'}` : `exited with code ${exitCode}`;

/** The line that says why, the first of the last burst of complaints; null when nothing printed sounds like one. */
function tellingLine(output: string): string | null {
  const lines = output.split('\n').map((line) => line.trim());
  const candidates = lines.filter((line) => line !== '' && TELLING.test(line) && !COUNTED_NONE.test(line));
  return (
    candidates.find((line) => /^(?:\S{1,200}: )?(?:error|fatal|panic)\b/i.test(line)) ??
    candidates[candidates.length - 1] ??
    null
  );
}

/**
 * The report of a command that failed: the exception of a stack trace in its output when there is one, else the line that
 * sounds like the reason, else how it ended. `options` are fields the caller sets.
 */
export function reportOfFailure(failure: CommandFailure, options: Record<string, unknown>): Record<string, unknown> {
  const output = failure.output.replace(TERMINAL, '').replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  const program = failure.command[0]?.replace(/^.*[\\/]/, '') ?? 'command';
  const parsed = parseStackTrace(output);
  const raised = parsed?.exceptions[parsed.exceptions.length - 1];
  const message = raised?.value || tellingLine(output) || `${program} ${ended(failure)}`;
  return {
    context: failure.command.join(' '),
    severity: 'high',
    ...options,
    error_type: raised?.type ?? 'CommandFailed',
    error_message: cutText(message, 4000),
    ...(raised?.type ? { stack_trace: output } : {}),
    additional_data: {
      command: failure.command,
      exit_code: failure.exitCode,
      signal: failure.signal,
      duration_ms: Math.round(failure.durationMs),
      output: output.slice(-MAX_OUTPUT),
    },
  };
}
