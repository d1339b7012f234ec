/** Why a suggestion was turned down. */
export const REJECT_REASONS = ['wrong_cause', 'unsafe', 'duplicate', 'outdated', 'not_useful'] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

export const REASON_LABELS: Record<RejectReason, string> = {
  wrong_cause: 'Wrong cause',
  unsafe: 'Unsafe',
  duplicate: 'Duplicate',
  outdated: 'Outdated',
  not_useful: 'Not useful',
};
