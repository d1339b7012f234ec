import { z } from 'zod';
import { NOTIFICATION_KINDS, type NotificationKind } from './notification-words';

export const notificationKindSchema = z.enum(NOTIFICATION_KINDS);

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
