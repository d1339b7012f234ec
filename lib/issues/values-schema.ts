import { z } from 'zod';

/** What stands at the variable places of an issue's message. */
export const issueValuesSchema = z.object({
  template: z.string(),
  /** How many of the latest stored events were looked at, and how many of them have the form of the template. */
  sample: z.number().int(),
  fitting: z.number().int(),
  places: z.array(
    z.object({
      /** As in the template: `<int>`, `<*>`. */
      token: z.string(),
      distinct: z.number().int(),
      /** Those seen most, with the pattern of the messages that have it. */
      values: z.array(z.object({ value: z.string(), events: z.number().int(), pattern: z.string() })),
    }),
  ),
});
export type IssueValues = z.infer<typeof issueValuesSchema>;
