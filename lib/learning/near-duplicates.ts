import { errorFeatures } from '../search/error-features';
import type { MatchDocument } from '../search/match-document';
import type { MatchIndex } from '../search/match-index';
import { type RankedMatch, scoreMatches } from '../search/match-score';

/** Two entries are near-duplicates when each finds the other almost as well as itself. */
export const NEAR = 0.6;
const LOOKED_AT = 4;

/** Undoes the squashing of a score, so that two scores of one question can be compared. */
const total = ({ score }: RankedMatch): number => score / Math.max(1e-6, 1 - score);

const question = ({ fields }: MatchDocument) =>
  errorFeatures({ error_message: [fields.title, fields.symptoms].filter(Boolean).join('\n') });

/** Entries of the index that read like this one, with how alike they are (0 to 1) and what they share. Not itself. */
export function nearDuplicates(
  index: MatchIndex,
  entry: MatchDocument,
  documentOf: (id: number) => MatchDocument | undefined,
): { id: number; score: number; shared: string[] }[] {
  return similarity(index, entry).flatMap(({ id, score, shared }) => {
    const other = documentOf(id);
    if (!other || score < NEAR) return [];
    const back = similarity(index, other).find((one) => one.id === entry.id);
    return back && back.score >= NEAR ? [{ id, score: Math.min(score, back.score), shared }] : [];
  });
}

function similarity(index: MatchIndex, entry: MatchDocument): { id: number; score: number; shared: string[] }[] {
  const features = question(entry);
  const ranked = scoreMatches(index, features, LOOKED_AT + 1);
  const own = ranked.find((one) => one.id === entry.id);
  if (!own) return [];
  return ranked
    .filter((one) => one.id !== entry.id)
    .map((one) => ({
      id: one.id,
      score: Math.min(1, total(one) / total(own)),
      shared: one.evidence.filter(({ kind }) => kind === 'phrase' || kind === 'code').flatMap(({ matched }) => matched),
    }));
}
