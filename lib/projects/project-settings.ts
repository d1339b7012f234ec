import { z } from 'zod';
import { groupingRulesSchema } from '../grouping/grouping-rules-schema';
import { trackerSchema } from './tracker-schema';

const pattern = z.string().trim().min(1, 'expected a text, with * for anything').max(500);

/** What capture drops without storing it. Patterns take `*` for anything and no other special character; case is ignored. */
export const inboundFilterSchema = z.discriminatedUnion('kind', [
  /** Anywhere in the message, the type or the title of an error. */
  z.object({ kind: z.literal('message'), pattern }),
  /** The whole name of the release, or environment. */
  z.object({ kind: z.literal('release'), pattern }),
  z.object({ kind: z.literal('environment'), pattern }),
  /** Errors whose code is an extension of the browser. */
  z.object({ kind: z.literal('browser_extensions') }),
  /** Errors while a load balancer or monitor asked whether the service lives. */
  z.object({ kind: z.literal('health_checks') }),
]);
export type InboundFilter = z.infer<typeof inboundFilterSchema>;

const quota = z.number().int().min(1).max(100_000_000).nullable();

const samplingSchema = z.object({
  enabled: z.boolean(),
  /** Events of one issue that are all kept within an hour; beyond, one of ten, and one of a hundred beyond ten times that. */
  per_hour: z.number().int().min(1).max(10_000_000),
});

/**
 * Whose an issue is. All that is given must hold for its event; patterns as above. `path` is that of a frame of the
 * project's own code, from its root or from any folder in it (`src/billing/*`); `tag` is `key:value`.
 */
const ownershipMatcherSchema = z
  .strictObject({
    path: pattern.optional(),
    service: pattern.optional(),
    tag: pattern.regex(/^[^:]+:.+$/, 'expected a tag as key:value').optional(),
  })
  .refine((matcher) => Object.values(matcher).some((value) => value !== undefined), 'expected a path, service or tag');

export const ownershipRuleSchema = z.strictObject({
  matcher: ownershipMatcherSchema,
  /** E-mail address of a member. */
  assignee: z.email('expected the e-mail address of a member').max(320).toLowerCase(),
});
export type OwnershipRule = z.infer<typeof ownershipRuleSchema>;

/**
 * `settings` of a project. Nothing that capture acknowledged is left out unless somebody asked for it: filters, quotas,
 * sampling and spike protection are off by default.
 */
export const projectSettingsSchema = z.object({
  /** Days that events are kept. Issues and their counts are kept for ever. */
  retention_days: z.number().int().min(1).max(3650),
  /** Stored events of one issue; beyond, the first, the latest and a spread of the others stay. */
  max_events_per_issue: z.number().int().min(10).max(100_000_000),
  /** Events a minute that the project takes; null for no limit. */
  quota_per_minute: quota,
  /** Events a minute that each of its keys takes. */
  key_quota_per_minute: quota,
  /** When far more comes than usual: count all of it, keep a hundredth. */
  spike_protection: z.boolean(),
  sampling: samplingSchema,
  filters: z.array(inboundFilterSchema).max(100),
  /** Files that come with events; null leaves it to the environment (ERRATA_ATTACHMENTS), which also sets the most. */
  attachments: z
    .strictObject({
      enabled: z.boolean(),
      /** Largest file kept, in MB. */
      max_mb: z.number().int().min(1).max(100),
    })
    .nullable(),
  /** Days without an event after which an open issue counts as resolved; null for never. */
  auto_resolve_days: z.number().int().min(1).max(3650).nullable(),
  /** Who gets a new issue: the first rule that fits. */
  ownership: z.array(ownershipRuleSchema).max(200),
  /** Where tickets for its issues are opened. */
  trackers: z.array(trackerSchema).max(10),
  /** Changed through the rules' own route, which shows first what they would do. */
  grouping_rules: groupingRulesSchema,
  /** Which version of grouping the project uses. */
  grouping_version: z.string().regex(/^v\d{1,4}$/, 'expected the name of a version, as v1'),
  /** The version it comes from: until then events are grouped by both, so that issues keep their events. */
  grouping_transition: z.object({ from: z.string(), until: z.iso.datetime() }).nullable(),
});
export type ProjectSettings = z.infer<typeof projectSettingsSchema>;

export const DEFAULT_PROJECT_SETTINGS: ProjectSettings = {
  retention_days: 90,
  max_events_per_issue: 10_000,
  quota_per_minute: null,
  key_quota_per_minute: null,
  spike_protection: false,
  sampling: { enabled: false, per_hour: 1000 },
  filters: [],
  attachments: null,
  auto_resolve_days: null,
  ownership: [],
  trackers: [],
  grouping_rules: { version: 0, rules: [] },
  grouping_version: 'v1',
  grouping_transition: null,
};

/** Some of the settings, to change them. An unknown name is an error. */
export const projectSettingsUpdateSchema = projectSettingsSchema
  .omit({ grouping_rules: true, grouping_version: true, grouping_transition: true })
  .partial()
  .strict();

/**
 * The settings of a project's row, whatever it holds: what is missing or not valid has its default, so that no old or odd
 * value can stop capture.
 */
export function readProjectSettings(stored: unknown): ProjectSettings {
  const known = stored !== null && typeof stored === 'object' ? Object.entries(stored) : [];
  const valid = known.filter(([name, value]) => {
    const schema = Object.hasOwn(projectSettingsSchema.shape, name)
      ? projectSettingsSchema.shape[name as keyof ProjectSettings]
      : undefined;
    return schema?.safeParse(value).success ?? false;
  });
  return { ...DEFAULT_PROJECT_SETTINGS, ...Object.fromEntries(valid) };
}
