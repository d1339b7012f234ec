import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { AppError } from '../errors';
import { keepUpload, projectNumber } from './keep-upload.server';

/** One file of a release, as Sentry's older tools list them. */
export const releaseFileSchema = z.object({
  id: z.string(),
  name: z.string(),
  dist: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  size: z.number().int(),
  sha1: z.string(),
  dateCreated: z.string(),
});
type ReleaseFile = z.infer<typeof releaseFileSchema>;

interface Reference {
  viewer: Viewer;
  project: string;
  release: string;
}

/** The maps of a release by the names of their files. */
export async function listReleaseFiles({ viewer, project, release }: Reference): Promise<ReleaseFile[]> {
  assertCan(viewer, 'read');
  const { rows } = await getPool().query<{ id: string; url: string; dist: string; size: number; created_at: Date }>(
    'SELECT id, url, dist, size, created_at FROM source_map WHERE project_id = $1 AND release = $2 ORDER BY id LIMIT 1000',
    [await projectNumber(project), release],
  );
  return rows.map(({ id, url, dist, size, created_at }) => ({
    id,
    name: `${url}.map`,
    dist: dist || null,
    headers: {},
    size,
    // Files are known here by another digest; an empty one makes tools send theirs again.
    sha1: '',
    dateCreated: created_at.toISOString(),
  }));
}

/**
 * Keeps one file of a release: a map under its `name`. Scripts are accepted and left: what is needed of them is in their
 * map. @throws AppError `validation_failed`.
 */
export async function keepReleaseFile({
  viewer,
  project,
  release,
  form,
  now,
}: Reference & { form: FormData; now: Date }): Promise<ReleaseFile> {
  assertCan(viewer, 'write');
  const file = form.get('file');
  if (!file || typeof file === 'string')
    throw new AppError('validation_failed', 'file: expected a file', {
      errors: [{ field: 'file', message: 'expected a file' }],
    });
  const told = form.get('name');
  const name = typeof told === 'string' && told !== '' ? told : `~/${file.name}`;
  const dist = form.get('dist');
  const projectId = await projectNumber(project);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (/\.map$/i.test(name)) {
    const of = { release, dist: typeof dist === 'string' ? dist : '', url: name };
    await keepUpload({ viewer, projectId, bytes, of, now });
  }
  return {
    id: name,
    name,
    dist: typeof dist === 'string' ? dist : null,
    headers: {},
    size: bytes.length,
    sha1: '',
    dateCreated: now.toISOString(),
  };
}
