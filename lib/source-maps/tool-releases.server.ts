import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { projectNumber } from './keep-upload.server';

/** A release as Sentry's tools expect to hear of it. */
export const toolReleaseSchema = z.looseObject({
  version: z.string(),
  dateCreated: z.string(),
  dateReleased: z.string().nullable(),
  projects: z.array(z.object({ slug: z.string(), name: z.string() })),
});
export type ToolRelease = z.infer<typeof toolReleaseSchema>;

export const toolReleaseInputSchema = z.looseObject({
  version: z.string().trim().min(1).max(200).optional(),
  projects: z
    .array(z.union([z.string(), z.number()]))
    .max(50)
    .nullish(),
  dateReleased: z.string().nullish(),
});

/**
 * Answers what tools ask and say about a release. Errata knows releases by their events, so nothing is kept: the tools get
 * what they need to go on with their upload. @throws AppError `not_found` for a project that is none.
 */
export async function answerRelease({
  viewer,
  version,
  projects,
  dateReleased,
  now,
}: {
  viewer: Viewer;
  version: string;
  projects: readonly (string | number)[];
  dateReleased?: string | null | undefined;
  now: Date;
}): Promise<ToolRelease> {
  assertCan(viewer, 'write');
  const numbers = await Promise.all(projects.map((project) => projectNumber(String(project))));
  const [named, seen] = await Promise.all([
    getPool().query<{ slug: string; name: string }>('SELECT slug, name FROM project WHERE id = ANY($1) ORDER BY id', [
      numbers,
    ]),
    getPool().query<{ first_seen: Date | null }>(
      'SELECT min(first_seen) AS first_seen FROM release WHERE version = $1 AND (project_id = ANY($2) OR cardinality($2::int[]) = 0)',
      [version, numbers],
    ),
  ]);
  return {
    version,
    dateCreated: (seen.rows[0]?.first_seen ?? now).toISOString(),
    dateReleased: dateReleased ?? null,
    projects: named.rows,
  };
}
