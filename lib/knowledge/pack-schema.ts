import { z } from 'zod';
import { ENTRY_FIELDS } from './entry-words';

export const PACK_FILE = 'errata-pack.json';
export const PACK_LIMITS = { bytes: 16 * 1024 * 1024, entries: 2000 } as const;

const name = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'expected lower case letters, digits and dashes');
const version = z
  .string()
  .trim()
  .regex(/^[\w][\w.+-]{0,49}$/, 'expected a version such as 1.2.0');

/** What the maker of a pack says of it. */
export const packInfoSchema = z.object({
  /** By which an update is recognised. */
  name,
  version,
  title: z.string().trim().min(1, 'a title is required').max(200),
  /** SPDX id or words: `MIT`, `CC-BY-4.0`. */
  licence: z.string().trim().max(100).default(''),
  description: z.string().trim().max(2000).default(''),
});
export type PackInfo = z.infer<typeof packInfoSchema>;

export const packManifestSchema = packInfoSchema.extend({
  format: z.literal('errata-pack', { error: 'expected errata-pack' }),
  format_version: z.literal(1, { error: 'this pack needs a newer Errata' }),
  /** Paths of its entries. */
  entries: z.array(z.string().max(300)).max(PACK_LIMITS.entries),
});

/** Which entries go into a pack: those named, or the published ones under the filter. */
export const packExportQuerySchema = packInfoSchema.extend({
  ids: z
    .string()
    .max(50_000)
    .optional()
    .transform((value) => value?.split(',').filter(Boolean)),
  category: z.string().max(100).optional(),
  tag: z.string().max(100).optional(),
});

/**
 * `take`: the pack changed it, nobody here did; `keep`: only changed here; `conflict`: both did, what is here stays.
 */
export const PACK_OUTCOMES = ['take', 'keep', 'conflict'] as const;
export const PACK_ACTIONS = ['new', 'changed', 'kept', 'same', 'deleted', 'invalid'] as const;

export const packEntrySchema = z.object({
  key: z.string(),
  title: z.string(),
  /** `kept`: every change would undo one made here; `deleted`: deleted here, not brought back. */
  action: z.enum(PACK_ACTIONS),
  /** Null before it is created. */
  id: z.string().nullable(),
  fields: z.array(
    z.object({ field: z.enum(ENTRY_FIELDS), here: z.string(), pack: z.string(), outcome: z.enum(PACK_OUTCOMES) }),
  ),
  errors: z.array(z.string()),
});
export type PackEntryDiff = z.infer<typeof packEntrySchema>;

export const packReportSchema = z.object({
  dry_run: z.boolean(),
  /** SHA-256 of the archive: send it back to apply just what was shown. */
  digest: z.string(),
  pack: packInfoSchema,
  /** Version that was applied before; null for the first time. */
  applied_version: z.string().nullable(),
  entries: z.array(packEntrySchema),
});
export type PackReport = z.infer<typeof packReportSchema>;

const flag = z.enum(['true', 'false'], { error: 'expected true or false' }).transform((value) => value === 'true');
export const packQuerySchema = z.object({
  /** Only show what would change; the default. */
  dry_run: flag.default(true),
  publish: flag.default(false),
  digest: z.string().max(100).optional(),
  /** Name of an uploaded file. */
  source: z.string().trim().max(300).optional(),
});
export const packAddressSchema = z.strictObject({
  url: z.url('expected an https address').max(2000),
  /** An API token of the Errata that the address is of. */
  token: z.string().trim().max(200).optional(),
});
export type PackAddress = z.infer<typeof packAddressSchema>;

export const appliedPackSchema = z.object({
  name: z.string(),
  version: z.string(),
  title: z.string(),
  licence: z.string(),
  source: z.string(),
  applied_at: z.iso.datetime(),
  applied_by: z.string(),
  entries: z.number().int(),
});
export type AppliedPack = z.infer<typeof appliedPackSchema>;
