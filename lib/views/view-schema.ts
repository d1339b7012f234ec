import { z } from 'zod';
import { normalizeSearch } from './normalize-search';

/** The pages whose filters can be kept under a name. */
export const VIEW_PAGES = ['issues', 'search', 'trends'] as const;
export type ViewPage = (typeof VIEW_PAGES)[number];

export const viewPageSchema = z.enum(VIEW_PAGES, `expected one of ${VIEW_PAGES.join(', ')}`);

const name = z.string().trim().min(1, 'expected a name').max(60, 'expected at most 60 characters');

/** A query as the page writes it: names and values, nothing that leads to another page. */
const search = z
  .string()
  .max(2500, 'expected at most 2500 characters')
  .transform((text) => normalizeSearch(text));

export const viewInputSchema = z.object({
  page: viewPageSchema,
  name,
  search,
  /** For everybody; needs the right to write. */
  shared: z.boolean().default(false),
  /** Opens the page with it, for oneself. */
  default: z.boolean().default(false),
});
export type ViewInput = z.infer<typeof viewInputSchema>;

export const viewChangeSchema = z.object({
  name: name.optional(),
  search: search.optional(),
  shared: z.boolean().optional(),
  default: z.boolean().optional(),
});
export type ViewChange = z.infer<typeof viewChangeSchema>;

export const savedViewSchema = z.object({
  id: z.uuid(),
  page: viewPageSchema,
  name: z.string(),
  search: z.string(),
  shared: z.boolean(),
  /** Of the one who asks. */
  mine: z.boolean(),
  owner: z.string(),
  default: z.boolean(),
});
export type SavedView = z.infer<typeof savedViewSchema>;
