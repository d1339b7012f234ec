import { z } from 'zod';

export const checklistItemSchema = z.object({
  text: z.string(),
  /** Heading the item stands under; empty for none. */
  group: z.string(),
  done_at: z.iso.datetime().nullable(),
  done_by: z.string().nullable(),
});
export type ChecklistItem = z.infer<typeof checklistItemSchema>;

/** A list of a guide section, ticked off for one issue. */
export const checklistSchema = z.object({
  id: z.string(),
  /** Slug of the guide section it was taken from. */
  section: z.string(),
  title: z.string(),
  items: z.array(checklistItemSchema),
  version: z.number().int(),
  created_at: z.iso.datetime(),
  created_by: z.string(),
  /** Null while something is left to do. */
  completed_at: z.iso.datetime().nullable(),
});
export type Checklist = z.infer<typeof checklistSchema>;

export const newChecklistSchema = z.strictObject({
  /** Slug of a guide section with a list in it. */
  section: z.string().trim().min(1, 'expected a guide section').max(100),
});
export const tickSchema = z.strictObject({ index: z.number().int().min(0), done: z.boolean() });

/** The list with one item ticked or not, and when it is complete. A tick that is there already keeps its time and name. */
export function tickItem(
  items: readonly ChecklistItem[],
  tick: { index: number; done: boolean },
  who: { name: string; at: string },
): { items: ChecklistItem[]; completedAt: string | null } {
  const after = items.map((item, at) => {
    if (at !== tick.index || (item.done_at !== null) === tick.done) return item;
    return { ...item, done_at: tick.done ? who.at : null, done_by: tick.done ? who.name : null };
  });
  const times = after.map(({ done_at }) => done_at);
  const open = times.length === 0 || times.includes(null);
  return {
    items: after,
    completedAt: open
      ? null
      : (times
          .filter((time) => time !== null)
          .sort()
          .at(-1) ?? null),
  };
}
