import { assertCan, type Viewer } from '../auth/viewer';
import { entryId } from '../knowledge/entry-words';
import { MATCH_THRESHOLD } from './calibrate';
import { entryIndex, forgetEntries } from './entry-index.server';
import { type ErrorText, errorFeatures } from './error-features';
import { type CandidateFacts, loadCandidateFacts } from './load-feedback.server';
import { feedbackEvidence, feedbackShift, shifted } from './match-feedback';
import type { MatchAnswer } from './match-schema';
import { type RankedMatch, scoreMatches } from './match-score';

/**
 * The published entries that explain an error, best first, each with its chance of being right and the reasons.
 * `abstained` says that not even the first is likely enough to be offered. Nothing is stored.
 */
export async function matchError({
  viewer,
  error,
  limit = 5,
}: {
  viewer: Viewer;
  error: ErrorText;
  limit?: number;
}): Promise<MatchAnswer> {
  assertCan(viewer, 'read');
  const ranked = await rankEntries(error, limit);
  return {
    data: ranked.map(({ id, title, score, confidence, evidence }) => ({
      entry: entryId(id),
      title,
      score,
      confidence,
      evidence,
    })),
    abstained: (ranked[0]?.confidence ?? 0) < MATCH_THRESHOLD,
  };
}

/** Candidates whose place may be changed by what was said about them, beyond those asked for. */
const SPARE = 3;

/** The same for jobs, with entry numbers. `issue` names the issue that the error is of, where it is of one. */
export async function rankEntries(
  error: ErrorText,
  limit: number,
  issue?: { projectId: number; issueNumber: number },
): Promise<RankedMatch[]> {
  const features = errorFeatures(error);
  const index = await entryIndex();
  const asked = { service: error.service, issue };
  const ranked = scoreMatches(index, features, limit + SPARE);
  const facts = await loadCandidateFacts(
    ranked.map((match) => match.id),
    asked,
  );
  // A deleted entry leaves no trace that the index could read.
  const gone = ranked.filter(({ id }) => !facts.published.has(id)).map(({ id }) => id);
  if (gone.length === 0) return withFeedback(ranked, facts).slice(0, limit);
  forgetEntries(gone);
  const left = scoreMatches(index, features, limit + SPARE).filter(({ id }) => !gone.includes(id));
  const again = await loadCandidateFacts(
    left.map((match) => match.id),
    asked,
  );
  return withFeedback(
    left.filter(({ id }) => again.published.has(id)),
    again,
  ).slice(0, limit);
}

/** Rank and confidence after what people and time said about each entry, with the reason as a part of the evidence. */
function withFeedback(ranked: readonly RankedMatch[], { feedback, calibration }: CandidateFacts): RankedMatch[] {
  return ranked
    .map((match) => {
      const said = feedback.get(match.id) ?? [];
      const shift = feedbackShift(said);
      const why = feedbackEvidence(said, shift);
      return {
        ...match,
        // A rank is a matter of words first: what was said moves it half as far as the confidence.
        score: shift === 0 ? match.score : shifted(match.score, shift / 2),
        confidence: shifted(match.confidence, shift + calibration),
        evidence: why ? [...match.evidence, why] : match.evidence,
      };
    })
    .sort((a, b) => b.score - a.score || a.id - b.id);
}
