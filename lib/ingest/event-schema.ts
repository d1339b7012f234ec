import { z } from 'zod';
import { appliedRuleSchema } from '../grouping/applied-rule-schema';
import { LEVELS, type Level } from './level-words';

export { LEVELS, type Level };

/**
 * The normalised event: what every protocol adapter produces, what grouping reads, what is stored, and what
 * `GET /api/v1/events/{id}` returns. Plain JSON; instants are ISO strings in UTC.
 */
export const levelSchema = z.enum(LEVELS);

/** One stack frame. Order in a stack: caller first, throwing frame last. Lines and columns count from 1. */
export const frameSchema = z.object({
  function: z.string().optional(),
  module: z.string().optional(),
  filename: z.string().optional(),
  abs_path: z.string().optional(),
  lineno: z.number().int().optional(),
  colno: z.number().int().optional(),
  context_line: z.string().optional(),
  pre_context: z.array(z.string()).optional(),
  post_context: z.array(z.string()).optional(),
  in_app: z.boolean().optional(),
  package: z.string().optional(),
  platform: z.string().optional(),
  vars: z.record(z.string(), z.unknown()).optional(),
  /** Where the frame stood in the minified script, once a source map told where it was written. */
  minified: z
    .object({
      function: z.string().optional(),
      filename: z.string().optional(),
      lineno: z.number().int().optional(),
      colno: z.number().int().optional(),
    })
    .optional(),
});
export type Frame = z.infer<typeof frameSchema>;

export const mechanismSchema = z.object({
  type: z.string().optional(),
  handled: z.boolean().optional(),
  synthetic: z.boolean().optional(),
  source: z.string().optional(),
  exception_id: z.number().int().optional(),
  parent_id: z.number().int().optional(),
  is_exception_group: z.boolean().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});

/** `raw_stack` keeps the text of a stack that no parser understood. */
export const exceptionSchema = z.object({
  type: z.string().optional(),
  value: z.string().optional(),
  module: z.string().optional(),
  mechanism: mechanismSchema.optional(),
  frames: z.array(frameSchema).optional(),
  raw_stack: z.string().optional(),
});
export type EventException = z.infer<typeof exceptionSchema>;

export const breadcrumbSchema = z.object({
  timestamp: z.string().optional(),
  type: z.string().optional(),
  category: z.string().optional(),
  level: z.string().optional(),
  message: z.string().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type Breadcrumb = z.infer<typeof breadcrumbSchema>;

export const normalizedEventSchema = z.object({
  /** 32 lower-case hex digits. */
  id: z.string(),
  /** When it happened, ISO. */
  timestamp: z.string(),
  received_at: z.string(),
  protocol: z.enum(['errors', 'sentry', 'otlp', 'jsonl', 'cli']),
  platform: z.string(),
  level: levelSchema,
  service: z.string(),
  environment: z.string(),
  release: z.string().optional(),
  dist: z.string().optional(),
  server_name: z.string().optional(),
  logger: z.string().optional(),
  transaction: z.string().optional(),
  /** The message of an event that is no exception; `template` is the text before its parameters were filled in. */
  message: z.string().optional(),
  template: z.string().optional(),
  /** Oldest cause first, the raised one last. */
  exceptions: z.array(exceptionSchema),
  threads: z
    .array(
      z.object({
        name: z.string().optional(),
        crashed: z.boolean().optional(),
        current: z.boolean().optional(),
        frames: z.array(frameSchema),
      }),
    )
    .optional(),
  breadcrumbs: z.array(breadcrumbSchema).optional(),
  tags: z.array(z.tuple([z.string(), z.string()])),
  user: z.record(z.string(), z.unknown()).optional(),
  request: z.record(z.string(), z.unknown()).optional(),
  contexts: z.record(z.string(), z.unknown()).optional(),
  extra: z.record(z.string(), z.unknown()).optional(),
  modules: z.record(z.string(), z.string()).optional(),
  fingerprint: z.array(z.string()).optional(),
  /** What the project's grouping rules did to it; absent where none fitted. */
  grouping_rules: z.array(appliedRuleSchema).optional(),
  sdk: z.object({ name: z.string().optional(), version: z.string().optional() }).optional(),
  debug_meta: z.record(z.string(), z.unknown()).optional(),
  /** Unknown top-level keys, kept. */
  other: z.record(z.string(), z.unknown()).optional(),
  /** What was shortened or dropped on the way in, one sentence each naming the field: `error_message: cut from 2097152 to 8192 characters`. */
  trimmed: z.array(z.string()),
});
export type NormalizedEvent = z.infer<typeof normalizedEventSchema>;
