import { z } from 'zod';
import { levelSchema } from '../ingest/event-schema';
import { issueStatusSchema } from '../issues/issue-state';
import { entryPatchSchema } from '../knowledge/entry-input-schema';
import { entryContentSchema, entryStatusSchema, trackRecordSchema } from '../knowledge/entry-schema';
import { evidenceSchema } from '../search/match-schema';
import { citationSchema } from './draft-schema';
import { rejectReasonSchema, SUGGESTION_STATUSES, suggestionStatusSchema } from './suggestion-state';

export const suggestionSchema = z.object({
  id: z.string(),
  status: suggestionStatusSchema,
  /** `match`: a known entry; `draft`: a new one; `update`: new words for a known one. */
  kind: z.enum(['match', 'draft', 'update']),
  issue: z.object({
    id: z.string(),
    project: z.string(),
    title: z.string(),
    level: levelSchema,
    status: issueStatusSchema,
    service: z.string(),
    events: z.number().int(),
    users: z.number().int(),
    last_seen: z.iso.datetime(),
    /** It has an accepted entry already. */
    known: z.boolean(),
  }),
  entry: z
    .object({
      id: z.string(),
      title: z.string(),
      status: entryStatusSchema,
      disputed: z.boolean(),
      component: z.string(),
      track_record: trackRecordSchema,
    })
    .nullable(),
  /** The words accepting it would write; null where the entry stays as it is. */
  draft: entryContentSchema.nullable(),
  score: z.number(),
  /** Chance that it is right, 0 to 1. */
  confidence: z.number(),
  evidence: z.array(evidenceSchema),
  /** Of a draft: where each sentence comes from, in the order of its fields. */
  citations: z.array(citationSchema),
  /** Of a draft: `rules` composed it, or a language `model` wrote it. */
  author: z.enum(['rules', 'model']).nullable(),
  /** Share of the proposed words that were changed before accepting, 0 to 1. */
  edit_distance: z.number().nullable(),
  reason: rejectReasonSchema.nullable(),
  note: z.string().nullable(),
  decided_by: z.string().nullable(),
  decided_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

export const suggestionParamsSchema = z.object({
  suggestionId: z.string().regex(/^\d{1,18}$/, 'expected the number of a suggestion'),
});

/** `decided`: accepted or rejected, latest first. */
export const suggestionFilterSchema = z.object({
  status: z.enum([...SUGGESTION_STATUSES, 'decided']).default('pending'),
  /** Slug. */
  project: z.string().max(100).optional(),
  /** `ERROR-042`. */
  entry: z.string().max(40).optional(),
});
export type SuggestionFilter = z.output<typeof suggestionFilterSchema>;

const note = z.string().trim().max(4000).nullish();
export const suggestionPatchSchema = z
  .object({ draft: entryPatchSchema.optional(), note })
  .refine((patch) => patch.draft !== undefined || patch.note !== undefined, {
    message: 'expected a draft or a note to change',
    path: ['draft'],
  });
export type SuggestionPatch = z.output<typeof suggestionPatchSchema>;

/** `draft`: words to change first, as in PATCH. */
export const acceptSchema = z.object({ draft: entryPatchSchema.optional(), note });
export const rejectSchema = z.object({ reason: rejectReasonSchema, note });

export const PASS_STATUSES = ['queued', 'running', 'done', 'failed'] as const;
export const PASS_STAGES = [
  'patterns',
  'entries',
  'issues',
  'drafts',
  'updates',
  'merges',
  'verdicts',
  'done',
] as const;
export const passProgressSchema = z.object({
  stage: z.enum(PASS_STAGES).optional(),
  /** Of the stage. */
  done: z.number().int().default(0),
  total: z.number().int().default(0),
  /** Issues that were matched, and suggestions that came of it. */
  matched: z.number().int().default(0),
  suggested: z.number().int().default(0),
  /** Issues that were looked at for patterns. */
  patterns: z.number().int().default(0),
  /** Drafts, changes of entries and merges of entries that were proposed. */
  drafted: z.number().int().default(0),
  updates: z.number().int().default(0),
  merges: z.number().int().default(0),
  /** Fixes that got their verdict. */
  verdicts: z.number().int().default(0),
});
export type PassProgress = z.infer<typeof passProgressSchema>;

export const learningPassSchema = z.object({
  id: z.string(),
  trigger: z.enum(['schedule', 'manual', 'api']),
  status: z.enum(PASS_STATUSES),
  progress: passProgressSchema,
  error: z.string().nullable(),
  created_at: z.iso.datetime(),
  started_at: z.iso.datetime().nullable(),
  finished_at: z.iso.datetime().nullable(),
});
export type LearningPass = z.infer<typeof learningPassSchema>;
export const passParamsSchema = z.object({ passId: z.string().regex(/^\d{1,18}$/, 'expected the number of a pass') });

/** The draft that was made or is there already; null with the reason where too little is known. */
export const draftAnswerSchema = z.object({ suggestion: suggestionSchema.nullable(), why: z.string().nullable() });
export type DraftAnswerDto = z.infer<typeof draftAnswerSchema>;

const entry = z.string().max(40);
/** "This fixed it", or "it did not help"; null takes it back. */
export const giveFeedbackSchema = z.object({ entry, helped: z.boolean().nullable() });
export const ownFeedbackSchema = z.object({ entry, helped: z.boolean() });
export type OwnFeedback = z.infer<typeof ownFeedbackSchema>;
