import { tokenize, writtenParts } from './tokenize';

/** What is asked: an error as it was captured, or as somebody pasted it. */
export interface ErrorText {
  error_message: string;
  error_type?: string | null;
  stack_trace?: string | null;
  service?: string | null;
}

/** A term of the question and how much it says about the error: 1 in the message, little in frames and paths. */
export interface QueryTerm {
  weight: number;
  /** As it stood in the text, for the evidence. */
  shown: string;
}

export interface ErrorFeatures {
  terms: Map<string, QueryTerm>;
  /** Pairs of neighbouring words of message lines, `a b`, with the weight of the line, in the order of the text. */
  pairs: Map<string, QueryTerm>;
  /** Error codes, lower-cased: `e050`, `fst_err_not_found`, `ts2322`, `eacces`. */
  codes: Map<string, string>;
  /** Exception types without their module, lower-cased. */
  types: Map<string, string>;
  /** Message lines, without frames; for signatures. */
  message: string;
  service: string;
}

const LIMIT = { message: 8000, stack: 12_000, terms: 400 };
/** How much a place says about which error it is. */
const WEIGHT = { message: 1, context: 0.6, key: 0.2, frame: 0.25, path: 0.25, number: 0.3 };
const NUMBER = /^\d+$/;
/** Characters between two words that still make a phrase. */
const GAP = 3;

const FRAME =
  /^\s*(?:at\s|File\s"|from\s\S+:\d+:in|#\d+\s|\d+:\s+0x|goroutine\s\d|\.{3}\s\d+\smore|Traceback \(most recent|\S+\.(?:py|rb|go|js|ts|tsx|jsx|mjs|rs|java|php|c|cpp):\d+(?::|\s|$))/;
const EXCEPTION_LINE =
  /^\s*(?:E\s+|Caused by:\s|Uncaught\s|Exception in thread "[^"]{0,80}"\s|panic:\s)?(?:[\w$]+\.)*[A-Z]\w*(?:Error|Exception|Warning|Failure|Fault)\b/;
const TYPE = /\b[A-Z]\w{0,80}(?:Error|Exception|Warning|Failure|Fault|Interrupt|Annotation|Exit)\b/g;
/** FST_ERR_X · E050, TS2322, ORA-00942 · EACCES, ENOENT · HTTP statuses are too common to be codes. */
const CODE = /\b(?:[A-Z][A-Z0-9]{1,30}(?:_[A-Z0-9]{1,30}){1,10}|[A-Z]{1,6}-?\d{3,6}|E[A-Z]{4,15})\b/g;
/** Words that look like a code of the `EACCES` kind when a program shouts. */
const SHOUTED = new Set(
  'EARLY EITHER ELEMENT EMAIL EMPTY ENABLE ENABLED ENDED ENGINE ENTRY ENVIRONMENT ERROR ERRORS EVENT EVENTS EVERY EXACT EXCEPTION EXCEPTIONS EXECUTE EXISTS EXITED EXITING EXPECT EXPECTED EXPORT EXTERNAL EXTRA'.split(
    ' ',
  ),
);
const JSON_KEY = /"([\w.-]{1,40})"\s*:/g;
const PATH = /(?:https?:\/\/|[A-Za-z]:\\|\.{0,2}\/)[^\s'"`,;()<>[\]]+/g;

/** Reads an error. Pure; bounded by LIMIT whatever is sent. */
export function errorFeatures(error: ErrorText): ErrorFeatures {
  const features: ErrorFeatures = {
    terms: new Map(),
    pairs: new Map(),
    codes: new Map(),
    types: new Map(),
    message: '',
    service: error.service ?? '',
  };
  const head = error.error_type ? `${error.error_type}: ` : '';
  const lines = unescapeLog(head + error.error_message.slice(0, LIMIT.message)).split('\n');
  const stack = (error.stack_trace ?? '').slice(0, LIMIT.stack).split('\n');
  const known = new Set(lines.map((line) => line.trim()));
  const all = [...lines, ...stack.filter((line) => !known.has(line.trim()))];
  const hasException = all.some((line) => EXCEPTION_LINE.test(line.slice(0, 400)));
  const message: string[] = [];
  for (const [at, line] of all.entries()) {
    const frame = FRAME.test(line.slice(0, 400));
    const source = !frame && at > 0 && /^\s{4,}/.test(line) && FRAME.test((all[at - 1] ?? '').slice(0, 400));
    if (frame || source) {
      addLine(features, line, WEIGHT.frame, false);
      continue;
    }
    const leading = !hasException || EXCEPTION_LINE.test(line.slice(0, 400)) || at === 0;
    message.push(line);
    addLine(features, line, leading ? WEIGHT.message : WEIGHT.context, true);
  }
  features.message = message.join('\n');
  return features;
}

/** Logs carry stacks as JSON strings: their `\n` are line breaks. */
const unescapeLog = (text: string): string => text.replace(/\\n/g, '\n').replace(/\\"/g, '"');

function addLine(features: ErrorFeatures, line: string, weight: number, isMessage: boolean): void {
  const inPath = spans(line, PATH);
  const inKey = spans(line, JSON_KEY);
  let before: { part: string; shown: string; end: number } | null = null;
  for (const token of tokenize(line)) {
    const place = within(inPath, token.index) ? WEIGHT.path : within(inKey, token.index) ? WEIGHT.key : 1;
    const w = weight * place;
    for (const part of token.parts)
      if (part.length > 1) note(features.terms, part, NUMBER.test(part) ? w * WEIGHT.number : w, token.raw);
    for (const compound of token.compounds) note(features.terms, compound, w, token.raw);
    if (!isMessage || place !== 1) {
      before = null;
      continue;
    }
    const written = token.parts.length === 1 ? [token.raw] : writtenParts(token.raw);
    for (const [at, part] of token.parts.entries()) {
      // Scripts without spaces are cut finer than they are written.
      const shown = written.length === token.parts.length ? (written[at] ?? part) : part;
      if (before && (at > 0 || token.index - before.end <= GAP))
        note(features.pairs, `${before.part} ${part}`, w, `${before.shown} ${shown}`);
      before = { part, shown, end: token.index + token.raw.length };
    }
  }
  for (const code of codesIn(line)) features.codes.set(code.toLowerCase(), code);
  if (!isMessage) return;
  for (const type of typesIn(line)) features.types.set(type.toLowerCase(), type);
}

/** Error codes in a text, as written. */
export const codesIn = (text: string): string[] => (text.match(CODE) ?? []).filter((code) => !SHOUTED.has(code));

/** Exception types in a text, without their modules. */
export const typesIn = (text: string): string[] => text.match(TYPE) ?? [];

function note(terms: Map<string, QueryTerm>, term: string, weight: number, shown: string): void {
  const known = terms.get(term);
  if (known) {
    if (weight > known.weight) terms.set(term, { weight, shown });
  } else if (terms.size < LIMIT.terms) terms.set(term, { weight, shown });
}

const spans = (line: string, pattern: RegExp): [number, number][] =>
  [...line.matchAll(pattern)].map((m) => [m.index, m.index + m[0].length]);
const within = (all: [number, number][], at: number): boolean => all.some(([from, to]) => at >= from && at < to);
