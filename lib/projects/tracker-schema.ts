import { z } from 'zod';
import { type Tracker, trackerProblem } from './tracker-template';

/** A tracker as a project's settings take it; apart from its words, so that pages load no validation. */
export const trackerSchema = z.strictObject({
  name: z.string().trim().min(1, 'expected a name').max(40, 'expected at most 40 characters'),
  template: z
    .string()
    .trim()
    .max(1000, 'expected at most 1,000 characters')
    .superRefine((template, context) => {
      const problem = trackerProblem(template);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    }),
}) satisfies z.ZodType<Tracker>;
