import { COMMON_WORDS } from './common-words';
import { codesIn, typesIn } from './error-features';
import type { MatchDocument } from './match-document';
import type { MatchIndex } from './match-index';
import { stem, tokenize } from './tokenize';

const WORDS = 16;

/** The words by which an entry would be found in the text of errors, as written, rarest first: codes and types, then words of its title, symptoms and signatures. */
export function tellingWords(index: MatchIndex, document: MatchDocument): string[] {
  const { title, symptoms, signatures } = document.fields;
  const text = `${title}\n${symptoms.slice(0, 2000)}\n${signatures.slice(0, 1000)}`;
  const named = [...codesIn(text), ...typesIn(text)];
  const words = tokenize(text)
    .map(({ raw }) => raw)
    .filter((raw) => raw.length > 2 && !/^\d+$/.test(raw) && !COMMON_WORDS.has(stem(raw.toLowerCase())))
    .map((raw): [string, number] => [raw, index.idf(raw.toLowerCase()) || index.idf(stem(raw.toLowerCase()))])
    .sort((a, b) => b[1] - a[1])
    .map(([raw]) => raw);
  return [...new Set([...named, ...words].map((word) => word.toLowerCase()))].slice(0, WORDS);
}
