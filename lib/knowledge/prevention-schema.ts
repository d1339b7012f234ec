import { z } from 'zod';
import { pageQuerySchema, pageSchema } from '../http/pagination';
import { entryStatusSchema, preventionItemSchema } from './entry-schema';

/** Changes to one item; what is left out stays. `text` says which item is meant, so that a list that moved on is noticed. */
export const preventionPatchSchema = z.strictObject({
  text: z.string().max(20_000),
  done: z.boolean().optional(),
  owner: z.string().trim().max(200).nullable().optional(),
  due: z.iso.date('expected a date as YYYY-MM-DD').nullable().optional(),
  link: z.string().trim().max(2000).nullable().optional(),
});
export type PreventionPatch = z.output<typeof preventionPatchSchema>;

/** `n` counts from 0. */
export const preventionParamsSchema = z.object({
  entryId: z.string(),
  n: z.coerce.number().int().nonnegative('expected the place of the item, from 0'),
});

export const preventionQuerySchema = pageQuerySchema.extend({
  /** `overdue`: open, and its date has passed. */
  status: z.enum(['open', 'overdue', 'done']).default('open'),
  /** Owner of the item as written; `none` for those without. */
  owner: z.string().max(200).optional(),
  /** Only of entries whose fix recurred. */
  recurred: z.enum(['true', 'false']).optional(),
});
export type PreventionQuery = z.output<typeof preventionQuerySchema>;

export const preventionRowSchema = preventionItemSchema.extend({
  /** Place in the entry's list, from 0. */
  n: z.number().int(),
  overdue: z.boolean(),
  entry: z.object({
    id: z.string(),
    title: z.string(),
    status: entryStatusSchema,
    /** Fixes from it that did not hold. */
    recurrences: z.number().int(),
  }),
});
export type PreventionRow = z.infer<typeof preventionRowSchema>;

export const preventionTotalsSchema = z.object({
  open: z.number().int(),
  overdue: z.number().int(),
  done: z.number().int(),
  /** Open items of entries whose fix recurred. */
  recurred: z.number().int(),
  /** Those with the most open items; '' has none. */
  owners: z.array(z.object({ owner: z.string(), open: z.number().int(), overdue: z.number().int() })),
});
export const preventionListSchema = pageSchema(preventionRowSchema).extend({ totals: preventionTotalsSchema });
export type PreventionList = z.infer<typeof preventionListSchema>;
