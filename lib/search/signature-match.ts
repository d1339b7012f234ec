import type { Signature } from '../knowledge/entry-schema';
import type { ErrorFeatures } from './error-features';
import { holdsPattern } from './pattern';

const TEXT_LIMIT = 4000;
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
  const pieces = literalPieces(template);
  if (literalLength(pieces) < LITERAL_MIN) return false;
  return text
    .slice(0, TEXT_LIMIT)
    .split('\n')
    .some((line) => inOrder(normalise(line), pieces));
}

/** Why a template says too little to recognise anything; null when it says enough. */
export const templateProblem = (template: string): string | null =>
  literalLength(literalPieces(template)) < LITERAL_MIN
    ? `fewer than ${LITERAL_MIN} characters stand still beside its variable parts`
    : null;

const literalPieces = (template: string): string[] =>
  template
    .split(/<[^<>]{1,40}>/)
    .map(normalise)
    .filter(Boolean);
const literalLength = (pieces: readonly string[]): number => pieces.reduce((sum, piece) => sum + piece.length, 0);

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
