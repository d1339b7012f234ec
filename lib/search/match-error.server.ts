import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { entryId } from '../knowledge/entry-schema';
import { MATCH_THRESHOLD } from './calibrate';
import { entryIndex, forgetEntries } from './entry-index.server';
import { type ErrorText, errorFeatures } from './error-features';
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

/** The same for jobs, with entry numbers. */
export async function rankEntries(error: ErrorText, limit: number): Promise<RankedMatch[]> {
  const features = errorFeatures(error);
  const index = await entryIndex();
  const ranked = scoreMatches(index, features, limit);
  const gone = await noLongerPublished(ranked.map((match) => match.id));
  if (gone.length === 0) return ranked;
  forgetEntries(gone);
  return scoreMatches(index, features, limit).filter((match) => !gone.includes(match.id));
}

/** A deleted entry leaves no trace that the index could read. */
async function noLongerPublished(ids: number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const { rows } = await getPool().query<{ id: number }>(
    "SELECT id FROM entry WHERE id = ANY($1) AND status = 'published'",
    [ids],
  );
  const published = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !published.has(id));
}
