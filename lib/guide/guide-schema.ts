import { z } from 'zod';
import { type Entry, entryStatusSchema, severitySchema } from '../knowledge/entry-schema';

export const slugSchema = z
  .string()
  .regex(/^[\p{L}\p{N}_-]{1,100}$/u, 'expected letters, digits, dashes and underscores, at most 100');

export const guideSectionSchema = z.object({
  slug: z.string(),
  title: z.string(),
  /** Markdown. */
  body: z.string(),
  /** Sections stand in the guide in this order. */
  position: z.number().int(),
  /** For If-Match. */
  version: z.number().int(),
  updated_at: z.iso.datetime(),
  updated_by: z.string().nullable(),
});
export type GuideSection = z.infer<typeof guideSectionSchema>;

const title = z.string().trim().min(1, 'a title is required').max(300);
const body = z.string().max(1_000_000);
const position = z.number().int().min(0).max(1_000_000);
const version = z.number().int().positive();

/** What `PUT` replaces a section by; it makes one that is not there. */
export const guideSectionInputSchema = z.strictObject({
  title,
  body: body.default(''),
  /** Left out: where it stands, or at the end. */
  position: position.optional(),
  version: version.optional(),
  slug: z.unknown().optional(),
  updated_at: z.unknown().optional(),
  updated_by: z.unknown().optional(),
});
export type GuideSectionInput = z.output<typeof guideSectionInputSchema>;

/** `POST` makes a section; its slug follows from the title unless given. */
export const newGuideSectionSchema = z.strictObject({
  slug: slugSchema.optional(),
  title,
  body: body.default(''),
  position: position.optional(),
});

/** Which entries the guide holds. Several statuses are separated by commas; without any, the published ones. */
export const guideFilterSchema = z.object({
  category: z.string().max(100).optional(),
  severity: z.union([severitySchema, z.literal('')]).optional(),
  component: z.string().max(200).optional(),
  tag: z.string().max(100).optional(),
  status: z
    .string()
    .optional()
    .transform((value) => value?.split(',').filter(Boolean))
    .pipe(z.array(entryStatusSchema).optional()),
});
export type GuideFilter = z.output<typeof guideFilterSchema>;

export type GuideEntry = Omit<Entry, 'stale' | 'owner' | 'updated_by' | 'published_at'>;

/** All that the rendered guide depends on. */
export interface Guide {
  title: string;
  entries: GuideEntry[];
  sections: GuideSection[];
}
