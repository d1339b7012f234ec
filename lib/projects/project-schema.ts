import { z } from 'zod';
import { projectSettingsSchema, projectSettingsUpdateSchema } from './project-settings';

export const slugSchema = z
  .string()
  .trim()
  .regex(
    /^[a-z][a-z0-9-]{0,48}[a-z0-9]$/,
    'expected 2 to 50 lower-case letters, digits and dashes, starting with a letter',
  );

export const projectKeySchema = z.object({
  id: z.number().int(),
  public_key: z.string(),
  label: z.string(),
  enabled: z.boolean(),
  dsn: z.string(),
  created_at: z.iso.datetime(),
  last_used_at: z.iso.datetime().nullable(),
});
export type ProjectKeyDto = z.infer<typeof projectKeySchema>;

export const projectSchema = z.object({
  id: z.number().int(),
  slug: z.string(),
  name: z.string(),
  prefix: z.string(),
  platform: z.string().nullable(),
  demo: z.boolean(),
  created_at: z.iso.datetime(),
  settings: projectSettingsSchema,
  keys: z.array(projectKeySchema),
});
export type ProjectDto = z.infer<typeof projectSchema>;

export const projectInputSchema = z.object({
  name: z.string().trim().min(1, 'expected a name').max(100),
  slug: slugSchema.optional(),
  platform: z.string().max(50).nullish(),
});
export const projectUpdateSchema = z.object({
  name: z.string().trim().min(1).max(100).optional(),
  platform: z.string().max(50).nullish(),
  /** Those that change; the others stay. */
  settings: projectSettingsUpdateSchema.optional(),
});
export type ProjectUpdate = z.infer<typeof projectUpdateSchema>;
export const keyInputSchema = z.object({ label: z.string().trim().min(1).max(100).default('Default') });
export const keyUpdateSchema = z.object({
  label: z.string().trim().min(1).max(100).optional(),
  enabled: z.boolean().optional(),
});

/** `Web shop` → `web-shop`, `42` → `project-42`. Always a valid slug. */
export function slugify(name: string): string {
  const words: string[] =
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  if (!/^[a-z]/.test(words[0] ?? '') || words.join('-').length < 2) words.unshift('project');
  return words.join('-').slice(0, 50).replace(/-$/, '');
}

/** Prefix of a project's issue ids: `web-shop` → `WEB-SHOP`. */
export const issuePrefix = (slug: string): string => slug.toUpperCase();

/** Short id of an issue and back. */
export const shortId = (prefix: string, number: number): string => `${prefix}-${number}`;
export function parseShortId(id: string): { prefix: string; number: number } | null {
  const match = /^([A-Za-z][A-Za-z0-9-]{0,60})-(\d{1,9})$/.exec(id.trim());
  return match ? { prefix: (match[1] as string).toUpperCase(), number: Number(match[2]) } : null;
}

/** The address a Sentry SDK is configured with. `origin` like `https://errata.example.com`. */
export function dsn(origin: string, publicKey: string, projectId: number): string {
  const url = new URL(origin);
  return `${url.protocol}//${publicKey}@${url.host}${url.pathname.replace(/\/$/, '')}/${projectId}`;
}
