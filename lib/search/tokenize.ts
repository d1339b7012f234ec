/**
 * Words as errors spell them. `PydanticUserError` is a word, and so are `pydantic`, `user` and `error`; so are
 * `zh_core_web_sm` and `class-not-fully-defined` and their parts. Linear in the length of the text.
 */
const CHUNK = /[\p{L}\p{N}_$]+(?:[-.][\p{L}\p{N}_$]+)*/gu;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const CJK_RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;
const MAX_TERM = 64;

export interface Token {
  /** Stems of its parts, in order; what phrases are made of. */
  parts: string[];
  /** The token whole and lower-cased, and each of its dotted segments, where they are more than one part. */
  compounds: string[];
  /** As it was written. */
  raw: string;
  index: number;
}

/** Tokens in the order of the text. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(CHUNK)) {
    const raw = match[0];
    const parts: string[] = [];
    const compounds = new Set<string>();
    for (const segment of raw.split(/[-.]/)) {
      const own = segmentParts(segment);
      parts.push(...own);
      if (own.length > 1 && !CJK.test(segment) && segment.length <= MAX_TERM) compounds.add(segment.toLowerCase());
    }
    if (parts.length > 1 && raw.length <= MAX_TERM && !CJK.test(raw)) compounds.add(raw.toLowerCase());
    if (parts.length > 0) tokens.push({ parts, compounds: [...compounds], raw, index: match.index });
  }
  return tokens;
}

/** Terms of a text for an index: every part and every compound, with repeats. */
export function terms(text: string): string[] {
  return tokenize(text).flatMap((token) => [...token.parts, ...token.compounds]);
}

/** The same few thousand words make up most of a knowledge base. */
const remembered = new Map<string, readonly string[]>();
const REMEMBERED = 50_000;
const LONG = 40;

function segmentParts(segment: string): readonly string[] {
  const known = remembered.get(segment);
  if (known) return known;
  const parts = readSegment(segment);
  if (segment.length <= LONG) {
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(segment, parts);
  }
  return parts;
}

function readSegment(segment: string): string[] {
  const parts: string[] = [];
  for (const piece of splitIdentifier(segment)) {
    if (CJK.test(piece)) parts.push(...bigrams(piece));
    else if (piece.length <= MAX_TERM) parts.push(stem(piece.toLowerCase()));
  }
  return parts;
}

/** The parts of a token as they were written, in order. */
export const writtenParts = (raw: string): string[] => raw.split(/[-.]/).flatMap(splitIdentifier);

/** `getHTTPResponse_code2` → get, HTTP, Response, code2. */
function splitIdentifier(identifier: string): string[] {
  return identifier
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[\s_$]+/)
    .filter(Boolean);
}

/** Scripts without spaces are read two characters at a time. */
function bigrams(piece: string): string[] {
  return (piece.match(CJK_RUN) ?? []).flatMap((run) => {
    if (!CJK.test(run)) return [stem(run.toLowerCase())];
    const chars = [...run];
    return chars.length === 1 ? chars : chars.slice(1).map((char, i) => `${chars[i]}${char}`);
  });
}

/** Endings that make two words of one in English: plural, past, continuous. Words with digits are left alone. */
export function stem(word: string): string {
  if (word.length < 5 || /\d/.test(word)) return word.length === 4 && /[^s]s$/.test(word) ? word.slice(0, 3) : word;
  let base = word;
  if (base.endsWith('ies')) base = `${base.slice(0, -3)}y`;
  else if (/(?:ss|sh|ch|x)es$/.test(base)) base = base.slice(0, -2);
  else if (/[^su]s$/.test(base)) base = base.slice(0, -1);
  if (/[^e]ed$/.test(base) && base.length > 5) base = base.slice(0, -2);
  else if (base.endsWith('ing') && base.length > 6) base = base.slice(0, -3);
  if (/([^aeiousl])\1$/.test(base)) base = base.slice(0, -1);
  return base.endsWith('e') && base.length > 4 ? base.slice(0, -1) : base;
}
