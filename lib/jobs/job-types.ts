import { z } from 'zod';

/** Every job by name, with the shape of its payload. Payloads are ids; handlers read the rest and are idempotent. */
const issueRef = z.object({ projectId: z.number().int(), issueNumber: z.number().int() });

export const JOB_PAYLOADS = {
  /** A new issue: whose it is, and which published entries match it. */
  'issue.match': issueRef,
  /** An issue came back after it was resolved. */
  'issue.regressed': issueRef,
  /** Published knowledge changed: rematch open issues against these entries. */
  'knowledge.changed': z.object({ entryIds: z.array(z.number().int()) }),
  /** One learning pass, already recorded. */
  'learning.pass': z.object({ passId: z.string() }),
  /** Every five minutes: starts a pass when there is something new. */
  'learning.tick': z.object({}),
  /** Writes the guide to where the workspace publishes it, if it changed. */
  'guide.publish': z.object({}),
  /** Publishes the guide when its day has come. */
  'guide.tick': z.object({}),
  /** Ages issues (new → ongoing, mutes that run out). */
  'issues.tick': z.object({}),
  /** Escalates issues that come far more often than they used to, and calms those that no longer do. */
  'issues.escalate': z.object({}),
  /** Resolves issues that were quiet for as long as their project asks for. */
  'issues.auto_resolve': z.object({}),
  /** Makes event partitions ahead. */
  'events.partitions': z.object({}),
  /** Deletes events that are too old, or too many of one issue. */
  'events.retention': z.object({}),
  /** Makes the stacks of issues searchable that came before this was kept. */
  'issues.stacks': z.object({}),
  /** Sums up the days of weeks that are over. */
  'rollups.fold': z.object({}),
  /** Deletes source maps that nothing asks for any more. */
  'source_maps.prune': z.object({}),
  /** Templates became one: issues that own `from` become part of those that own `into`. */
  'templates.merge': z.object({
    projectId: z.number().int(),
    merges: z.array(z.object({ from: z.string(), into: z.string() })),
  }),
} as const;

export type JobName = keyof typeof JOB_PAYLOADS;
export type JobPayload<N extends JobName> = z.infer<(typeof JOB_PAYLOADS)[N]>;

/** Jobs that run by themselves, as cron lines in UTC. */
export const SCHEDULE: readonly { job: JobName; cron: string }[] = [
  { job: 'learning.tick', cron: '*/5 * * * *' },
  { job: 'guide.tick', cron: '11 * * * *' },
  { job: 'issues.tick', cron: '*/5 * * * *' },
  { job: 'issues.escalate', cron: '*/5 * * * *' },
  { job: 'issues.auto_resolve', cron: '41 * * * *' },
  { job: 'events.partitions', cron: '7 * * * *' },
  { job: 'events.retention', cron: '23 * * * *' },
  { job: 'issues.stacks', cron: '*/10 * * * *' },
  { job: 'rollups.fold', cron: '53 * * * *' },
  { job: 'source_maps.prune', cron: '37 * * * *' },
];
