import { z } from 'zod';

export const NOTIFICATION_KINDS = [
  'review_requested',
  'changes_requested',
  'entry_published',
  'fix_recurred',
  'issue_assigned',
  'mention',
] as const;
export const notificationKindSchema = z.enum(NOTIFICATION_KINDS);
export type NotificationKind = z.infer<typeof notificationKindSchema>;

/** What each kind tells, for the settings of a member. */
export const NOTIFICATION_WORDS: Record<NotificationKind, { label: string; hint: string }> = {
  review_requested: { label: 'Review requested', hint: 'An entry waits for a reviewer' },
  changes_requested: { label: 'Changes requested', hint: 'An entry of yours was sent back, or commented on' },
  entry_published: { label: 'Entry published', hint: 'What you wrote or own went into the guide' },
  fix_recurred: { label: 'Fix recurred', hint: 'An error came back although a fix from your entry was applied' },
  issue_assigned: { label: 'Issue assigned', hint: 'Somebody gave you an issue' },
  mention: { label: 'Mention', hint: 'Somebody wrote @you in a comment' },
};

export const notificationSchema = z.object({
  id: z.string(),
  kind: notificationKindSchema,
  title: z.string(),
  detail: z.string(),
  /** Address inside the app. */
  href: z.string(),
  actor: z.string(),
  created_at: z.iso.datetime(),
  read: z.boolean(),
});
export type Notification = z.infer<typeof notificationSchema>;

/** Which kinds a member wants; what is left out is wanted. */
export const notificationPreferencesSchema = z.object(
  Object.fromEntries(NOTIFICATION_KINDS.map((kind) => [kind, z.boolean().default(true)])) as Record<
    NotificationKind,
    z.ZodDefault<z.ZodBoolean>
  >,
);
export type NotificationPreferences = z.infer<typeof notificationPreferencesSchema>;

/** Ids to mark; left out, all of the caller's. */
export const markReadSchema = z.strictObject({
  ids: z
    .array(z.string().regex(/^\d{1,18}$/, 'expected the number of a notification'))
    .max(500)
    .optional(),
});
