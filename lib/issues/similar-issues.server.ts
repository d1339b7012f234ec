import { z } from 'zod';
import type { Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { countFeatures, FEATURE_KINDS, scoreSimilarity } from '../grouping/similarity';
import { findIssue, type IssueRef } from './find-issue.server';
import { ISSUE_COLUMNS, ISSUE_JOINS, type IssueColumns, toIssue } from './issue-row';
import { issueSchema } from './issue-schema';

export const similarIssueSchema = issueSchema.extend({
  /** 0 to 1. */
  score: z.number(),
  /** How much of the score each kind of likeness gives. */
  parts: z.partialRecord(z.enum(FEATURE_KINDS), z.number()),
});
export type SimilarIssue = z.infer<typeof similarIssueSchema>;

export const MAX_SIMILAR = 50;
/** Issues that are compared in full: those that share the most. */
const CANDIDATES = 400;
/** Rows of issues merged into the one asked about that are compared too. */
const OWN_ROWS = 8;
const LEAST_SCORE = 0.02;

interface FeatureRow {
  number: number;
  features: string[];
}

async function ownFeatures({ projectId, number }: IssueRef): Promise<FeatureRow[]> {
  const { rows } = await getPool().query<FeatureRow>(
    `SELECT f.issue_number AS number, f.features FROM issue_feature f
     JOIN issue i ON i.project_id = f.project_id AND i.number = f.issue_number
     WHERE f.project_id = $1 AND (i.number = $2 OR i.merged_into = $2) ORDER BY i.number LIMIT ${OWN_ROWS}`,
    [projectId, number],
  );
  return rows;
}

/** Every service's issues share its name: it ranks candidates, but finds none. */
const isTelling = (feature: string) => !feature.startsWith('service:');

async function findCandidates({ projectId, number }: IssueRef, features: string[]): Promise<FeatureRow[]> {
  const { rows } = await getPool().query<FeatureRow>(
    `SELECT coalesce(i.merged_into, i.number) AS number, f.features
     FROM issue_feature f JOIN issue i ON i.project_id = f.project_id AND i.number = f.issue_number
     WHERE f.project_id = $1 AND f.features && $3::text[] AND coalesce(i.merged_into, i.number) <> $2
     ORDER BY (SELECT count(*) FROM unnest(f.features) AS x WHERE x = ANY($3::text[])) DESC, i.last_seen DESC
     LIMIT ${CANDIDATES}`,
    [projectId, number, features],
  );
  return rows;
}

/**
 * Issues of the same project that look alike by frames, type, message and service, most alike first.
 * @throws AppError `not_found` | `forbidden`.
 */
export async function listSimilarIssues({
  viewer,
  issueId,
  limit,
}: {
  viewer: Viewer;
  issueId: string;
  limit: number;
}): Promise<SimilarIssue[]> {
  const ref = await findIssue({ viewer, issueId });
  const own = await ownFeatures(ref);
  const telling = [...new Set(own.flatMap(({ features }) => features))].filter(isTelling);
  if (telling.length === 0) return [];
  const candidates = await findCandidates(ref, telling);
  const counts = countFeatures([...own, ...candidates].map(({ features }) => features));
  const best = new Map<number, Pick<SimilarIssue, 'score' | 'parts'>>();
  for (const { number, features } of candidates) {
    for (const mine of own) {
      const found = scoreSimilarity(mine.features, features, counts);
      if (found.score >= LEAST_SCORE && found.score > (best.get(number)?.score ?? 0)) best.set(number, found);
    }
  }
  const ranked = [...best].sort(([a, x], [b, y]) => y.score - x.score || a - b).slice(0, Math.min(limit, MAX_SIMILAR));
  const { rows } = await getPool().query<IssueColumns>(
    `SELECT ${ISSUE_COLUMNS} FROM issue i ${ISSUE_JOINS} WHERE i.project_id = $1 AND i.number = ANY($2::int[])`,
    [ref.projectId, ranked.map(([number]) => number)],
  );
  const issues = new Map(rows.map((row) => [row.number, toIssue(row)]));
  return ranked.flatMap(([number, { score, parts }]) => {
    const issue = issues.get(number);
    return issue ? [{ ...issue, score, parts }] : [];
  });
}
