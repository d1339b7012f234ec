import { z } from 'zod';
import { REJECT_REASONS } from './reject-reasons';

export const SUGGESTION_STATUSES = ['pending', 'accepted', 'rejected', 'superseded'] as const;
export const suggestionStatusSchema = z.enum(SUGGESTION_STATUSES);
export type SuggestionStatus = z.infer<typeof suggestionStatusSchema>;

export const rejectReasonSchema = z.enum(REJECT_REASONS, `expected one of ${REJECT_REASONS.join(', ')}`);

/** `propose`: matching found the pair (again). `supersede`: it no longer does, or another one was accepted. */
export type SuggestionEvent = 'accept' | 'reject' | 'propose' | 'supersede' | 'undo';
export type SuggestionDecision = { ok: true; status: SuggestionStatus } | { ok: false; reason: string };

const NEXT: Record<SuggestionStatus, Partial<Record<SuggestionEvent, SuggestionStatus>>> = {
  pending: { accept: 'accepted', reject: 'rejected', propose: 'pending', supersede: 'superseded' },
  accepted: { undo: 'pending', propose: 'accepted', supersede: 'accepted' },
  rejected: { undo: 'pending', supersede: 'rejected' },
  superseded: { propose: 'pending', supersede: 'superseded', undo: 'pending' },
};

const REFUSALS: Partial<Record<`${SuggestionStatus} ${SuggestionEvent}`, string>> = {
  'rejected propose': 'This pair was rejected and is not proposed again.',
  'pending undo': 'This suggestion still waits for a decision.',
};

/** The status after an event, or why it cannot happen. */
export function nextSuggestion(status: SuggestionStatus, event: SuggestionEvent): SuggestionDecision {
  const next = NEXT[status][event];
  if (next) return { ok: true, status: next };
  return { ok: false, reason: REFUSALS[`${status} ${event}`] ?? `This suggestion is ${status} already.` };
}
