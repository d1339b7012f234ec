import { RE2JS, RE2JSException } from 're2js';

/** A pattern longer than this is refused. */
const PATTERN_LIMIT = 500;
const TEXT_LIMIT = 4000;
/** Compiled patterns kept; the oldest goes. */
const KEPT = 500;

const compiled = new Map<string, RE2JS | null>();

/**
 * Whether a person's pattern is found in a text, regardless of case, `^` and `$` at each line. RE2 matches in time linear
 * in the text, so no pattern can hold up the process. A pattern that cannot be read matches nothing.
 */
export const holdsPattern = (text: string, pattern: string): boolean =>
  compile(pattern)?.test(text.slice(0, TEXT_LIMIT)) ?? false;

/** Why a pattern cannot be used, in words for its author; null when it can. */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > PATTERN_LIMIT) return `longer than ${PATTERN_LIMIT} characters`;
  try {
    RE2JS.compile(pattern, FLAGS);
    return null;
  } catch (error) {
    if (error instanceof RE2JSException) return error.message.replace(/^error parsing regexp: /, '');
    throw error;
  }
}

const FLAGS = RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE;

function compile(pattern: string): RE2JS | null {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const fresh = patternProblem(pattern) === null ? RE2JS.compile(pattern, FLAGS) : null;
  if (compiled.size >= KEPT) compiled.delete(compiled.keys().next().value as string);
  compiled.set(pattern, fresh);
  return fresh;
}
