import { z } from 'zod';
import { AppError } from '../errors';
import { isInBounds, parseRange, RANGES, type TimeRange } from '../time';

/** An instant (`2026-05-01T12:00:00Z`) or a day (`2026-05-01`, from its start, UTC). */
const instant = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: 'expected an instant such as 2026-05-01T12:00:00Z, or a day such as 2026-05-01',
  })
  .refine((text) => isInBounds(new Date(text)), 'expected a time from 1970 to 2099');

/** The time range of a request: `range=7d`, or `from` and `to`. */
export const rangeQuerySchema = z.object({
  from: instant.optional(),
  to: instant.optional(),
  range: z.enum(RANGES, `expected one of ${RANGES.join(', ')}`).optional(),
});
export type RangeQuery = z.infer<typeof rangeQuerySchema>;

/** The range, or the default one. @throws AppError `bad_request` when it ends before it begins. */
export function toRange(query: RangeQuery, now: Date): TimeRange {
  const { from, to, range } = query;
  const end = to ? new Date(to) : now;
  if (from && new Date(from) >= end)
    throw new AppError('bad_request', 'The query is not valid. from: expected an instant before `to`.', {
      errors: [{ field: 'from', message: 'expected an instant before `to`' }],
    });
  if (from) return { from: new Date(from), to: end };
  return parseRange({ range }, end);
}

/** The range when one was asked for; undefined for all time. */
export const toOptionalRange = (query: RangeQuery, now: Date): TimeRange | undefined =>
  query.from || query.to || query.range ? toRange(query, now) : undefined;
