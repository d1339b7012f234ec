/** An exception that is told by its type, its message and the text of its stack. Pure. */
import type { EventException } from '../event-schema';
import { cutMiddle, LIMITS } from '../limits';
import { parseStackTrace } from '../stack-traces/parse-stack-trace';

/** Java, Python and .NET name exceptions with their package in front. */
function splitType(type: string, platform: string): { type: string; module?: string } {
  const dot = ['java', 'python', 'csharp'].includes(platform) ? type.lastIndexOf('.') : -1;
  return dot > 0 && /^[\w.$]+$/.test(type) ? { type: type.slice(dot + 1), module: type.slice(0, dot) } : { type };
}

/** Many loggers print the type into the message too; it is the same error without. */
function withoutType(value: string, ...types: string[]): string {
  const prefix = types.map((type) => `${type}: `).find((text) => value.startsWith(text) && value.length > text.length);
  return prefix ? value.slice(prefix.length) : value;
}

/**
 * The chain of the stack with the reported type and message on its last exception: the sender knows best what was raised.
 * Of a type or message that is not reported, the stack's own stands. A text that no parser reads is kept as it is.
 */
export function readReportedStack(report: { type?: string; value?: string; stack?: string; language?: string }): {
  platform: string | undefined;
  exceptions: EventException[];
} {
  const { stack, language } = report;
  const parsed = stack?.trim() ? parseStackTrace(stack, language) : null;
  const platform = parsed?.platform ?? language;
  const raised = parsed?.exceptions[parsed.exceptions.length - 1];
  const main: EventException = { ...raised };
  const { type } = report;
  if (type !== undefined) {
    const named = splitType(type, platform ?? '');
    main.type = named.type;
    if (named.module) main.module = named.module;
    else if (raised?.type !== named.type) delete main.module;
  }
  if (report.value !== undefined) main.value = withoutType(report.value, ...[type ?? [], main.type ?? []].flat());
  if (!parsed && stack?.trim()) main.raw_stack = cutMiddle(stack, LIMITS.keptStackText);
  return { platform, exceptions: [...(parsed?.exceptions.slice(0, -1) ?? []), main] };
}
