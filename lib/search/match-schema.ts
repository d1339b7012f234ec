import { z } from 'zod';
import { MATCH_FIELDS } from './match-document';

export const matchInputSchema = z.object({
  error_message: z.string().trim().min(1, 'expected the text of the error').max(1_000_000),
  error_type: z.string().max(500).nullish(),
  stack_trace: z.string().max(1_000_000).nullish(),
  service: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(50).default(5),
});

/**
 * One part of a score, and so one reason. `matched` is what of the error was found in the entry; `field` where, if in one
 * place; `points` in units of one rare word. `feedback` is what people said about the entry before, its points log-odds,
 * below zero where they lower the rank; `transfer` that it is known from another service or another issue of the pattern.
 */
export const evidenceSchema = z.object({
  kind: z.enum(['signature', 'message', 'code', 'type', 'phrase', 'words', 'component', 'feedback', 'transfer']),
  matched: z.array(z.string()),
  field: z.enum(MATCH_FIELDS).nullable(),
  points: z.number(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const matchSchema = z.object({
  /** `ERROR-007`. */
  entry: z.string(),
  title: z.string(),
  score: z.number().min(0).max(1),
  confidence: z.number().min(0).max(1),
  evidence: z.array(evidenceSchema),
});
export type Match = z.infer<typeof matchSchema>;
export const matchAnswerSchema = z.object({
  data: z.array(matchSchema),
  /** Not even the first is likely enough to be called the known fix. */
  abstained: z.boolean(),
});
export type MatchAnswer = z.infer<typeof matchAnswerSchema>;
