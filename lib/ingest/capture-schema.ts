import { z } from 'zod';

/** The published fix that capture answers with. */
export const knownFixSchema = z.object({
  entry: z.string(),
  title: z.string(),
  confidence: z.number(),
  url: z.string(),
});

const capturedSchema = z.object({
  id: z.string(),
  /** Null while it is not known: the event is `spooled`, or was `filtered`. */
  issue_id: z.string().nullable(),
  is_new: z.boolean(),
  known_fix: knownFixSchema.nullable(),
  /** Safe on disk while the database is away; stored under this id when it is back. */
  spooled: z.literal(true).optional(),
  /** Dropped by a filter of the project. */
  filtered: z.literal(true).optional(),
  /** Counted in its issue, but one of so many that it is not kept itself. */
  sampled: z.literal(true).optional(),
});

/** Answer of `POST /errors`: 201 stored, 200 repeated or filtered, 202 spooled. */
export const captureResultSchema = capturedSchema.extend({ success: z.literal(true) });
export type CaptureResult = z.infer<typeof captureResultSchema>;

export const captureErrorSchema = z.object({
  code: z.string(),
  field: z.string(),
  message: z.string(),
  expected: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string(), expected: z.string() })),
});

/** Answer of `POST /errors/batch`: one result per report, in order. */
export const captureBatchResultSchema = z.object({
  accepted: z.number().int(),
  rejected: z.number().int(),
  results: z.array(
    z.union([
      capturedSchema.extend({ index: z.number().int() }),
      z.object({ index: z.number().int(), error: captureErrorSchema }),
    ]),
  ),
});
export type CaptureBatchResult = z.infer<typeof captureBatchResultSchema>;
