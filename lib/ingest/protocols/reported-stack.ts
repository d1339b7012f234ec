/** An exception that is told by its type, its message and the text of its stack. Pure. */
import type { EventException } from '../event-schema';
import { cutMiddle, LIMITS } from '../limits';
import { RecentTexts } from '../recent-texts';
import { shareStack } from '../shared-stack';
import { parseStackTrace } from '../stack-traces/parse-stack-trace';
import type { ParsedStack } from '../stack-traces/stack-text';

interface Read {
  language: string | undefined;
  parsed: ParsedStack | null;
}

/** An error that repeats brings the same stack each time. */
const recent = new RecentTexts<Read>(4_000_000);

/** `parseStackTrace`, with a stack that is shared where others came with the same. */
function readStack(stack: string, language: string | undefined): ParsedStack | null {
  const { language: readAs, parsed } = recent.of(stack, (_, isKept) => {
    const made = parseStackTrace(stack, language);
    if (isKept && made) shareStack(stack, made.exceptions);
    return { language, parsed: made };
  });
  return readAs === language ? parsed : parseStackTrace(stack, language);
}

const QUALIFIED = new Set(['java', 'python', 'csharp']);

/** Java, Python and .NET name exceptions with their package in front. */
function splitType(type: string, platform: string): { type: string; module?: string } {
  const dot = QUALIFIED.has(platform) ? type.lastIndexOf('.') : -1;
  return dot > 0 && /^[\w.$]+$/.test(type) ? { type: type.slice(dot + 1), module: type.slice(0, dot) } : { type };
}

/** Many loggers print the type into the message too; it is the same error without. */
function withoutType(value: string, type: string | undefined): string | null {
  if (type === undefined || !value.startsWith(type) || !value.startsWith(': ', type.length)) return null;
  return value.length > type.length + 2 ? value.slice(type.length + 2) : null;
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
  const isThere = stack !== undefined && /\S/.test(stack);
  const parsed = isThere ? readStack(stack, language) : null;
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
  if (report.value !== undefined) {
    main.value = withoutType(report.value, type) ?? withoutType(report.value, main.type) ?? report.value;
  }
  if (!parsed && isThere) main.raw_stack = cutMiddle(stack, LIMITS.keptStackText);
  const causes = parsed?.exceptions.slice(0, -1).map((cause) => ({ ...cause })) ?? [];
  return { platform, exceptions: [...causes, main] };
}
