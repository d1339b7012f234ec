import { z } from 'zod';

const release = z.string().trim().max(200).default('');

export const sourceMapUploadQuerySchema = z.object({
  /** Version of the service, as its events name it. Not needed where scripts carry debug ids. */
  release,
  dist: z.string().trim().max(64).default(''),
  /** Address of the script that a single map belongs to, or where the root of an archive is served: `~/static`. */
  url: z.string().trim().max(1000).optional(),
});

export const sourceMapUploadSchema = z.object({
  release: z.string(),
  dist: z.string(),
  /** Scripts that have a map now. */
  stored: z.array(z.object({ url: z.string(), debug_id: z.string().nullable(), size: z.number().int() })),
  /** Files that were left out, and why. */
  skipped: z.array(z.object({ file: z.string(), why: z.string() })),
});
export type SourceMapUpload = z.infer<typeof sourceMapUploadSchema>;

/** The maps of one release. */
export const sourceMapReleaseSchema = z.object({
  /** Empty for scripts that are known by debug id alone. */
  release: z.string(),
  dist: z.string(),
  scripts: z.number().int(),
  bytes: z.number().int(),
  uploaded_at: z.string(),
  /** When an event was last mapped by one of them, to the day. */
  used_at: z.string(),
});
export type SourceMapRelease = z.infer<typeof sourceMapReleaseSchema>;

export const sourceMapReleasePageSchema = z.object({
  data: z.array(sourceMapReleaseSchema),
  next_cursor: z.null(),
});

export const sourceMapDeleteQuerySchema = z.object({
  /** Empty for the scripts that are known by debug id alone. */
  release: z.string().trim().max(200),
  /** Without it all builds of the release. */
  dist: z.string().trim().max(64).optional(),
});

/** A minified script of an event that no map was found for. */
export const missingMapSchema = z.object({
  url: z.string(),
  release: z.string().nullable(),
  dist: z.string().nullable(),
  debug_id: z.string().nullable(),
});
export type MissingMap = z.infer<typeof missingMapSchema>;
