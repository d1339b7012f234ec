/** What members can be told of. */
export const NOTIFICATION_KINDS = [
  'review_requested',
  'changes_requested',
  'entry_published',
  'fix_recurred',
  'issue_assigned',
  'mention',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** What each kind tells, for the settings of a member. */
export const NOTIFICATION_WORDS: Record<NotificationKind, { label: string; hint: string }> = {
  review_requested: { label: 'Review requested', hint: 'An entry waits for a reviewer' },
  changes_requested: { label: 'Changes requested', hint: 'An entry of yours was sent back, or commented on' },
  entry_published: { label: 'Entry published', hint: 'What you wrote or own went into the guide' },
  fix_recurred: { label: 'Fix recurred', hint: 'An error came back although a fix from your entry was applied' },
  issue_assigned: { label: 'Issue assigned', hint: 'Somebody gave you an issue' },
  mention: { label: 'Mention', hint: 'Somebody wrote @you in a comment' },
};
