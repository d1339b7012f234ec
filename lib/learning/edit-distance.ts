import type { EntryContent } from '../knowledge/entry-schema';
import { ENTRY_FIELDS } from '../knowledge/entry-words';
import { fieldText } from '../knowledge/field-text';

const WORDS = 20_000;

/** Share of words by which two contents differ, 0 to 1, order aside: how much of a draft its reviewer had to change. */
export function editDistance(before: EntryContent, after: EntryContent): number {
  const left = wordsOf(before);
  const right = wordsOf(after);
  if (left.length + right.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of right) {
    const waiting = counts.get(word) ?? 0;
    if (waiting === 0) continue;
    common += 1;
    counts.set(word, waiting - 1);
  }
  return Math.round((1 - (2 * common) / (left.length + right.length)) * 1000) / 1000;
}

const wordsOf = (content: EntryContent): string[] =>
  (
    ENTRY_FIELDS.map((field) => fieldText(content, field))
      .join(' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}_]+/gu) ?? []
  ).slice(0, WORDS);
