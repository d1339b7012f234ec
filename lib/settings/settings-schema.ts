import { z } from 'zod';

/** What an admin sets for everybody. */
export const workspaceSettingsSchema = z.object({
  /** Whoever wrote a revision cannot be its only approver. */
  four_eyes: z.boolean().default(false),
  /** Title of the exported guide. */
  guide_title: z.string().trim().min(1).max(200).default('Error prevention guide'),
});
export type WorkspaceSettings = z.infer<typeof workspaceSettingsSchema>;

export const settingsUpdateSchema = z.object({
  four_eyes: z.boolean().optional(),
  guide_title: z.string().trim().min(1, 'expected a title').max(200).optional(),
});
