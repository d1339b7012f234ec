import { z } from 'zod';

export const PUBLISH_TARGETS = ['folder', 'git'] as const;
export const PUBLISH_SCHEDULES = ['change', 'daily', 'weekly'] as const;

/** A path inside the target: no way out of it, and nothing hidden (`.git/hooks` would run what is written there). */
const inside = (what: string) =>
  z
    .string()
    .trim()
    .max(200)
    .refine(
      (path) => path.split('/').every((part) => part !== '' && !part.startsWith('.') && !/[\\:\0\n]/.test(part)),
      `expected ${what} inside the target, without .. or hidden folders`,
    );

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\n\r\0<>]*$/, 'expected one line without < and >');

/** Where the guide is published, and when. */
export const publishSettingsSchema = z.strictObject({
  enabled: z.boolean().default(false),
  /** `folder`: files are written; `git`: they are committed too. */
  target: z.enum(PUBLISH_TARGETS).default('folder'),
  /** Absolute, or beneath the data folder's `published`. */
  path: z
    .string()
    .trim()
    .max(1000)
    .regex(/^[^\0\n]*$/, 'expected a path')
    .default(''),
  file: inside('a file').regex(/\.md$/, 'expected a name that ends with .md').default('ERROR_PREVENTION_GUIDE.md'),
  /** Folder inside the target for one file per entry; empty for none. Markdown files of entries in it are ours. */
  entry_folder: z.union([z.literal(''), inside('a folder')]).default(''),
  /** The branch the checkout is expected on. */
  branch: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][\w./-]{0,199}$/, 'expected the name of a branch')
    .refine((name) => !/\.\.|\/\/|\/$|\.lock$|\.$/.test(name), 'expected the name of a branch')
    .default('main'),
  push: z.boolean().default(false),
  author_name: line(200).default('Errata'),
  author_email: line(200).default('errata@localhost'),
  /** `change`: soon after knowledge was published; else once a day or week, when something changed. */
  schedule: z.enum(PUBLISH_SCHEDULES).default('change'),
});
export type PublishSettings = z.infer<typeof publishSettingsSchema>;

export const PUBLISH_OUTCOMES = ['published', 'unchanged', 'failed'] as const;

export const publishStatusSchema = z.object({
  /** Null before the first run. */
  last_run_at: z.iso.datetime().nullable().default(null),
  outcome: z.enum(PUBLISH_OUTCOMES).nullable().default(null),
  /** Why the last run failed. */
  error: z.string().nullable().default(null),
  /** When something was last written, and the commit that holds it. */
  published_at: z.iso.datetime().nullable().default(null),
  commit: z.string().nullable().default(null),
});
export type PublishStatus = z.infer<typeof publishStatusSchema>;

export const publishingSchema = z.object({
  settings: publishSettingsSchema,
  status: publishStatusSchema,
  /** Folders beneath which the operator lets the guide be published. */
  roots: z.array(z.string()),
});
export type Publishing = z.infer<typeof publishingSchema>;

const HOUR_MS = 3_600_000;
const PERIOD_MS = { daily: 24 * HOUR_MS, weekly: 7 * 24 * HOUR_MS };

/** Whether a daily or weekly publication is due. A run a little early counts: the clock of the schedule is an hour. */
export function isPublishDue(settings: PublishSettings, status: PublishStatus, now: Date): boolean {
  if (!settings.enabled || settings.schedule === 'change') return false;
  if (status.last_run_at === null) return true;
  return now.getTime() - Date.parse(status.last_run_at) >= PERIOD_MS[settings.schedule] - HOUR_MS / 2;
}
