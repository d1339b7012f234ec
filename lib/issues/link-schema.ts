import { z } from 'zod';
import { trackerSchema } from '../projects/tracker-schema';

/** Where else an issue is worked on. */
export const issueLinkSchema = z.object({
  id: z.string(),
  url: z.string(),
  /** What it is called: `acme/api#42`. */
  label: z.string(),
  created_at: z.iso.datetime(),
  created_by: z.string(),
});
export type IssueLink = z.infer<typeof issueLinkSchema>;

export const issueLinksSchema = z.object({
  data: z.array(issueLinkSchema),
  next_cursor: z.null(),
  /** Where a new ticket can be opened, as the project's settings say. */
  trackers: z.array(trackerSchema),
});
export type IssueLinks = z.infer<typeof issueLinksSchema>;

export const MAX_LINKS = 20;

export const linkInputSchema = z.object({
  url: z
    .string()
    .trim()
    .max(2000, 'expected at most 2,000 characters')
    .refine(
      (url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol),
      'expected an address that begins with https:// or http://',
    ),
  /** Left out, it follows from the address. */
  label: z.string().trim().max(100, 'expected at most 100 characters').optional(),
});
export type LinkInput = z.infer<typeof linkInputSchema>;
