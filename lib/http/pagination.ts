import { z } from 'zod';
import { AppError } from '../errors';

/** Keyset pages: the cursor holds the sort key of the last row, opaque to callers. */
export const pageQuerySchema = z.object({
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PageQuery = z.infer<typeof pageQuerySchema>;

export interface Page<T> {
  data: T[];
  next_cursor: string | null;
}

export const pageSchema = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), next_cursor: z.string().nullable() });

export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** The key in a cursor, checked against `schema`; null without one. @throws AppError `invalid_cursor`. */
export function decodeCursor<T>(cursor: string | undefined, schema: z.ZodType<T>): T | null {
  if (!cursor) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new AppError('invalid_cursor', 'The cursor is not one this list gave out; start again without it.', {
      cause,
    });
  }
}

/** A page from `limit + 1` rows: the extra one only says that there is more. */
export function toPage<Row, T>(
  rows: Row[],
  limit: number,
  key: (row: Row) => readonly (string | number)[],
  map: (row: Row) => T,
): Page<T> {
  const more = rows.length > limit;
  const shown = more ? rows.slice(0, limit) : rows;
  const last = shown.at(-1);
  return { data: shown.map(map), next_cursor: more && last ? encodeCursor(key(last)) : null };
}
