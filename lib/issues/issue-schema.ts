import { z } from 'zod';
import { appliedRuleSchema } from '../grouping/applied-rule-schema';
import { levelSchema, normalizedEventSchema } from '../ingest/event-schema';
import { missingMapSchema } from '../source-maps/source-map-schema';
import { issueStatusSchema, muteRuleSchema, RESOLVE_MODES } from './issue-state';

export const personSchema = z.object({ id: z.string(), name: z.string() });

export const verdictSchema = z.enum(['watching', 'held', 'recurred', 'inconclusive']);
export type Verdict = z.infer<typeof verdictSchema>;

/** The published entry a reviewer accepted for an issue. `verdict` is that of its latest fix; null before there is one. */
export const knownFixSchema = z.object({
  entry: z.string(),
  title: z.string(),
  confidence: z.number(),
  url: z.string(),
  verdict: verdictSchema.nullable(),
  disputed: z.boolean(),
});

export const issueSchema = z.object({
  /** `API-42`. */
  id: z.string(),
  /** Slug. */
  project: z.string(),
  number: z.number().int(),
  title: z.string(),
  type: z.string(),
  value: z.string(),
  culprit: z.string(),
  /** The message with `<tokens>` for its variable parts. */
  template: z.string(),
  level: levelSchema,
  status: issueStatusSchema,
  status_changed_at: z.iso.datetime(),
  service: z.string(),
  environment: z.string(),
  platform: z.string(),
  first_seen: z.iso.datetime(),
  last_seen: z.iso.datetime(),
  first_release: z.string().nullable(),
  last_release: z.string().nullable(),
  events: z.number().int(),
  users: z.number().int(),
  assignee: personSchema.nullable(),
  resolution: z
    .object({ at: z.iso.datetime(), mode: z.enum(RESOLVE_MODES), release: z.string().nullable() })
    .nullable(),
  mute: muteRuleSchema.nullable(),
  known_fix: knownFixSchema.nullable(),
  version: z.number().int(),
});
export type Issue = z.infer<typeof issueSchema>;

/** How many buckets a sparkline has, over the range of the list. */
export const SPARKLINE_BUCKETS = 24;

/** A row of a list: with its events in the range of the list, oldest bucket first. */
export const issueRowSchema = issueSchema.extend({
  events_in_range: z.number().int(),
  sparkline: z.array(z.number().int()),
});
export type IssueRow = z.infer<typeof issueRowSchema>;

/** What happened to a list since it was loaded. */
export const arrivalsSchema = z.object({
  /** First seen since then. */
  new: z.number().int(),
  /** Known before, with events since then. */
  updated: z.number().int(),
});
export type Arrivals = z.infer<typeof arrivalsSchema>;

export const issueFixSchema = z.object({
  id: z.string(),
  entry: z.string(),
  title: z.string(),
  url: z.string(),
  applied_at: z.iso.datetime(),
  applied_by: z.string(),
  release: z.string().nullable(),
  verdict: verdictSchema,
  verdict_at: z.iso.datetime().nullable(),
  resolved_at: z.iso.datetime().nullable(),
});

/** One resolution, and the regression that ended it, if one did. */
export const resolutionCycleSchema = z.object({
  resolved_at: z.iso.datetime(),
  resolved_by: z.string().nullable(),
  mode: z.string().nullable(),
  release: z.string().nullable(),
  regressed_at: z.iso.datetime().nullable(),
  regressed_release: z.string().nullable(),
});

export const issueDetailSchema = issueSchema.extend({
  events_24h: z.number().int(),
  events_30d: z.number().int(),
  /** Its latest releases by the events kept, newest first. */
  releases: z.array(z.object({ release: z.string(), events: z.number().int(), last_seen: z.iso.datetime() })),
  groupings: z.number().int(),
  latest_event: z.string().nullable(),
  /** `split_off`: it is a part of this issue that was split off, and taken back. */
  merged: z.array(z.object({ id: z.string(), title: z.string(), split_off: z.boolean() })),
  /** What was done about it before and whether it lasted. */
  recurrence: z.object({ cycles: z.array(resolutionCycleSchema), fixes: z.array(issueFixSchema) }),
});
export type IssueDetail = z.infer<typeof issueDetailSchema>;
export type IssueFix = z.infer<typeof issueFixSchema>;
export type ResolutionCycle = z.infer<typeof resolutionCycleSchema>;

/** A change answers with the issue as it is now, and a token that takes the change back (null when nothing changed). */
export const changedIssueSchema = issueSchema.extend({ undo: z.string().nullable() });
export type ChangedIssue = z.infer<typeof changedIssueSchema>;

export const eventSummarySchema = z.object({
  id: z.string(),
  issue_id: z.string(),
  time: z.iso.datetime(),
  level: levelSchema,
  service: z.string(),
  environment: z.string(),
  release: z.string().nullable(),
  title: z.string(),
});
export type EventSummary = z.infer<typeof eventSummarySchema>;

/** One event: normalised at the top level, and as the client sent it in `raw`. */
export const eventDetailSchema = normalizedEventSchema.extend({
  issue_id: z.string(),
  project: z.string(),
  title: z.string(),
  /** Why it belongs to its issue. */
  grouping: z.object({
    /** The hash it was filed under, and the version of grouping that made it. */
    hash: z.string(),
    version: z.string(),
    /** What was hashed; `raw` is what stood there before normalising. */
    parts: z.array(z.object({ kind: z.string(), value: z.string(), raw: z.string().optional() })),
    /** Whether the parts are those of this event; else those of the first event of its hash. */
    own: z.boolean(),
    normalised: z.array(z.object({ kind: z.string(), before: z.string(), after: z.string() })),
    /** The project's rules that applied. */
    rules: z.array(appliedRuleSchema),
    /** Hashes in the order in which an issue is looked for, and the issues they lead to now. */
    candidates: z.array(
      z.object({ hash: z.string(), version: z.string().nullable(), issue: z.string().nullable(), used: z.boolean() }),
    ),
    /** The template of its message, with what stands at each place. */
    template: z.object({ text: z.string(), values: z.array(z.string()) }).nullable(),
  }),
  /** Neighbours within the issue, and its first and latest event where that is another. */
  older: z.string().nullable(),
  newer: z.string().nullable(),
  first: z.string().nullable(),
  latest: z.string().nullable(),
  /** Files that came with it; each at `/api/v1/events/{id}/attachments/{id}`. */
  attachments: z.array(
    z.object({ id: z.string(), filename: z.string(), content_type: z.string(), size: z.number().int() }),
  ),
  /** What people wrote about it. */
  feedback: z.array(
    z.object({ name: z.string(), email: z.string(), message: z.string(), url: z.string(), at: z.iso.datetime() }),
  ),
  /** Its minified scripts that no source map was found for, that of the throwing frame first. */
  missing_source_maps: z.array(missingMapSchema),
  raw: z.unknown(),
});
export type EventDetail = z.infer<typeof eventDetailSchema>;

/** What somebody wrote about an issue. */
export const issueFeedbackSchema = z.object({
  id: z.string(),
  event_id: z.string(),
  name: z.string(),
  email: z.string(),
  message: z.string(),
  url: z.string(),
  release: z.string(),
  environment: z.string(),
  at: z.iso.datetime(),
});
export type IssueFeedback = z.infer<typeof issueFeedbackSchema>;

export const activitySchema = z.object({
  id: z.string(),
  /** `comment`, or the kind of turning point. */
  kind: z.string(),
  at: z.iso.datetime(),
  actor: z.object({ id: z.string().nullable(), name: z.string() }).nullable(),
  data: z.record(z.string(), z.unknown()),
  /** Of a comment. */
  body: z.string().nullable(),
  edited_at: z.iso.datetime().nullable(),
});
export type Activity = z.infer<typeof activitySchema>;

export const tagDistributionSchema = z.object({
  /** How many of the latest events were looked at. */
  sample: z.number().int(),
  tags: z.array(
    z.object({
      key: z.string(),
      events: z.number().int(),
      values: z.array(z.object({ value: z.string(), events: z.number().int() })),
    }),
  ),
});
export type TagDistribution = z.infer<typeof tagDistributionSchema>;

export const issueTrendSchema = z.object({
  bucket_ms: z.number().int(),
  points: z.array(z.object({ at: z.iso.datetime(), events: z.number().int() })),
  markers: z.array(z.object({ at: z.iso.datetime(), kind: z.string(), label: z.string() })),
});
export type IssueTrend = z.infer<typeof issueTrendSchema>;

const releaseName = z.string().trim().min(1).max(250);

/** What a PATCH may change. `open` (also `ongoing`, `unresolved`) reopens or unmutes, whichever the issue needs. */
export const issueChangeSchema = z
  .object({
    status: z
      .enum(['resolved', 'open', 'ongoing', 'unresolved', 'muted'], 'expected resolved, open or muted')
      .optional(),
    resolve_in: z.enum(RESOLVE_MODES, 'expected now, release or next_release').optional(),
    release: releaseName.nullish(),
    mute: muteRuleSchema.optional(),
    /** Id or e-mail of a member, `me`, or null for nobody. */
    assignee: z.string().trim().min(1).max(200).nullish(),
    version: z.number().int().optional(),
  })
  .refine((change) => change.status !== undefined || change.assignee !== undefined, {
    message: 'expected a status or an assignee to set',
    path: ['status'],
  })
  .refine((change) => change.status === 'muted' || change.mute === undefined, {
    message: 'a mute rule goes with the status "muted"',
    path: ['mute'],
  });
export type IssueChange = z.infer<typeof issueChangeSchema>;

export const MAX_BULK = 1000;
export const BULK_ACTIONS = ['resolve', 'reopen', 'mute', 'unmute', 'assign'] as const;

/** The same deed on many issues; `resolve_in`, `release`, `mute` and `assignee` as in a change of one. */
export const bulkSchema = z
  .object({
    action: z.enum(BULK_ACTIONS, `expected one of ${BULK_ACTIONS.join(', ')}`),
    ids: z.array(z.string().min(1).max(80)).min(1).max(MAX_BULK, `expected at most ${MAX_BULK} ids`).optional(),
    /** Everything that matches, up to a thousand. */
    query: z.string().max(2000).optional(),
    project: z.string().max(100).optional(),
    resolve_in: z.enum(RESOLVE_MODES).optional(),
    release: releaseName.nullish(),
    mute: muteRuleSchema.optional(),
    assignee: z.string().trim().min(1).max(200).nullish(),
  })
  .refine((bulk) => (bulk.ids === undefined) !== (bulk.query === undefined), {
    message: 'expected either ids or a query',
    path: ['ids'],
  })
  .refine((bulk) => bulk.action !== 'assign' || bulk.assignee !== undefined, {
    message: 'expected the id or e-mail of a member, "me", or null',
    path: ['assignee'],
  });
export type Bulk = z.infer<typeof bulkSchema>;

/** What a bulk action means for each issue. */
export function toChange({ action, resolve_in, release, mute, assignee }: Bulk): IssueChange {
  switch (action) {
    case 'resolve':
      return { status: 'resolved', resolve_in, release };
    case 'mute':
      return { status: 'muted', mute };
    case 'assign':
      return { assignee };
    default:
      return { status: 'open' };
  }
}

export const bulkResultSchema = z.object({
  changed: z.array(z.string()),
  unchanged: z.array(z.string()),
  refused: z.array(z.object({ id: z.string(), reason: z.string() })),
  undo: z.string().nullable(),
});
export type BulkResult = z.infer<typeof bulkResultSchema>;

export const undoResultSchema = z.object({
  undone: z.array(z.string()),
  refused: z.array(z.object({ id: z.string(), reason: z.string() })),
});

export const commentInputSchema = z.object({ body: z.string().trim().min(1, 'expected some text').max(20_000) });

export const mergeInputSchema = z.object({ ids: z.array(z.string().min(1).max(80)).min(1).max(50) });
export const unmergeInputSchema = z.object({ id: z.string().min(1).max(80) });
export const undoInputSchema = z.object({ token: z.string().min(1).max(500) });

export const facetsSchema = z.object({
  status: z.record(z.string(), z.number().int()),
  service: z.array(z.object({ value: z.string(), count: z.number().int() })),
  environment: z.array(z.object({ value: z.string(), count: z.number().int() })),
  level: z.array(z.object({ value: z.string(), count: z.number().int() })),
});
export type IssueFacets = z.infer<typeof facetsSchema>;
