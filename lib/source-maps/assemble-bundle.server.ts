import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { AppError } from '../errors';
import { keepUpload, projectNumber } from './keep-upload.server';
import { dropChunks, joinChunks, missingChunks } from './upload-chunks.server';

const checksum = z.string().regex(/^[0-9a-f]{40}$/, 'expected a SHA-1, hex');

/** What Sentry's tools send to have an artifact bundle put together from its parts. */
export const assembleBundleSchema = z.object({
  checksum,
  chunks: z.array(checksum).max(2000),
  projects: z
    .array(z.union([z.string(), z.number()]))
    .max(50)
    .default([]),
  version: z.string().max(200).nullish(),
  dist: z.string().max(64).nullish(),
});

export const assembleAnswerSchema = z.object({
  state: z.enum(['ok', 'not_found', 'error']),
  missingChunks: z.array(z.string()),
  detail: z.string().nullable(),
});
type AssembleAnswer = z.infer<typeof assembleAnswerSchema>;

/** Asks for the parts that are missing; once all are there, keeps the maps of the bundle for each of its projects. */
export async function assembleBundle({
  viewer,
  request,
  now,
}: {
  viewer: Viewer;
  request: z.output<typeof assembleBundleSchema>;
  now: Date;
}): Promise<AssembleAnswer> {
  assertCan(viewer, 'write');
  const { chunks, projects, version, dist } = request;
  if (projects.length === 0)
    throw new AppError('validation_failed', 'projects: expected the slug or number of a project', {
      errors: [{ field: 'projects', message: 'expected the slug or number of a project' }],
    });
  const numbers = await Promise.all(projects.map((project) => projectNumber(String(project))));
  const missing = await missingChunks(chunks);
  if (missing.length > 0) return { state: 'not_found', missingChunks: missing, detail: null };
  try {
    const bytes = await joinChunks(request.checksum, chunks);
    for (const projectId of numbers) {
      await keepUpload({ viewer, projectId, bytes, of: { release: version ?? '', dist: dist ?? '' }, now });
    }
  } catch (error) {
    // The tool shows the detail; it takes an HTTP error for a fault of the network and tries again.
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    return { state: 'error', missingChunks: [], detail: error.message };
  }
  await dropChunks(chunks);
  return { state: 'ok', missingChunks: [], detail: null };
}
