import type { Signature } from '../knowledge/entry-schema';
import type { ErrorFeatures } from './error-features';

const TEXT_LIMIT = 4000;
const REGEX_TEXT_LIMIT = 1000;
/** A template with less literal text than this says too little to be a signature by itself. */
const LITERAL_MIN = 12;

/** The signatures of an entry that hold for the error as a whole: message templates and patterns. Codes and types are scored as names. */
export const heldSignatures = (signatures: readonly Signature[], features: ErrorFeatures): Signature[] =>
  signatures.filter(
    ({ kind, value }) =>
      (kind === 'message' && holdsTemplate(features.message, value)) ||
      (kind === 'regex' && holdsPattern(features.message, value)),
  );

/** Whether the text holds the literal pieces of a template (`<*>` or any `<token>` is a variable part) in order, close together. */
export function holdsTemplate(text: string, template: string): boolean {
  const pieces = template
    .split(/<[^<>]{1,40}>/)
    .map(normalise)
    .filter(Boolean);
  if (pieces.reduce((sum, piece) => sum + piece.length, 0) < LITERAL_MIN) return false;
  return text
    .slice(0, TEXT_LIMIT)
    .split('\n')
    .some((line) => inOrder(normalise(line), pieces));
}

const normalise = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

function inOrder(line: string, pieces: string[]): boolean {
  let at = 0;
  for (const piece of pieces) {
    const found = line.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return true;
}

/** A pattern is only run when it cannot run away: no back-references or look-around, and nothing repeated inside a repetition. */
export function holdsPattern(text: string, pattern: string): boolean {
  if (!isTamePattern(pattern)) return false;
  try {
    return new RegExp(pattern, 'im').test(text.slice(0, REGEX_TEXT_LIMIT));
  } catch {
    return false;
  }
}

export function isTamePattern(pattern: string): boolean {
  if (pattern.length > 500 || /\\[1-9k]|\(\?[=!<]/.test(pattern)) return false;
  const bare = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  if ((bare.match(/[*+]|\{\d*,\d*\}/g) ?? []).length > 6) return false;
  const open: boolean[] = [];
  for (let i = 0; i < bare.length; i += 1) {
    const char = bare[i];
    if (char === '(') open.push(false);
    else if (char === ')') {
      const repeats = open.pop() ?? false;
      const next = bare[i + 1] ?? '';
      if (repeats && '*+{'.includes(next) && next !== '') return false;
      if (repeats && open.length > 0) open[open.length - 1] = true;
    } else if (char && '*+{'.includes(char) && open.length > 0) open[open.length - 1] = true;
  }
  return true;
}
