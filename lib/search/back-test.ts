import type { Signature } from '../knowledge/entry-schema';
import { codesIn, typesIn } from './error-features';
import { holdsPattern, patternProblem } from './pattern';
import { holdsTemplate, templateProblem } from './signature-match';

/** One error as the replay sees it: the type by itself, and the text of the message. */
export interface ReplayedError {
  type: string;
  text: string;
}

const TEXT_LIMIT = 4000;

/** Why a signature can never hold, in words for its author; null when it can. */
export function signatureProblem({ kind, value }: Signature): string | null {
  if (kind === 'regex') return patternProblem(value);
  return kind === 'message' ? templateProblem(value) : null;
}

/** Places of the signatures that hold for an error. */
export function heldBy(signatures: readonly Signature[], error: ReplayedError): number[] {
  const text = error.text.slice(0, TEXT_LIMIT);
  return signatures.flatMap((signature, at) => (holds(signature, error.type, text) ? [at] : []));
}

function holds({ kind, value }: Signature, type: string, text: string): boolean {
  switch (kind) {
    case 'type':
      return (
        sameType(type, value) || (text.includes(bareType(value)) && typesIn(text).some((each) => sameType(each, value)))
      );
    case 'code':
      return text.toLowerCase().includes(value.toLowerCase()) && namesCode(text, value);
    case 'message':
      return holdsTemplate(text, value);
    case 'regex':
      return holdsPattern(text, value);
  }
}

/** `psycopg2.OperationalError` → `OperationalError`. */
const bareType = (type: string): string =>
  type
    .trim()
    .split(/[.:/\\]/)
    .at(-1) ?? '';
const sameType = (a: string, b: string): boolean =>
  bareType(a) !== '' && bareType(a).toLowerCase() === bareType(b).toLowerCase();

/** A code stands by itself: `E05` is not in `E050`. */
function namesCode(text: string, value: string): boolean {
  const wanted = value.trim().toLowerCase();
  if (codesIn(text).some((code) => code.toLowerCase() === wanted)) return true;
  const lower = text.toLowerCase();
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1))
    if (!isWord(lower[at - 1]) && !isWord(lower[at + wanted.length])) return true;
  return false;
}

const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}_]/u.test(char);

/** A text as an example. */
export const shortened = (text: string, limit = 300): string =>
  text.length > limit ? `${text.slice(0, limit)}…` : text;
