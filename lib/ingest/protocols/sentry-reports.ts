/** What SDKs tell about what they threw away, and what people write about an error. Pure. */
import { cleanPayload } from '../clean-payload';
import { cutText, LIMITS, parseInstant } from '../limits';
import { parseEventIdentifier } from '../normalize-event';
import { isObject } from './report-fields';
import { integerOf, shortText, textOf } from './sentry-values';

/** Something that never became an event. */
export interface Discard {
  reason: string;
  category: string;
  count: number;
}

const MAX_DISCARDS = 100;
const MAX_COUNT = 10_000_000;

/** Keys are public: words of a stranger's making would become rows and labels without end, so they count as `other`. */
const REASONS = new Set(
  `queue_overflow cache_overflow buffer_overflow ratelimit_backoff network_error sample_rate before_send event_processor
  send_error internal_sdk_error insufficient_data backpressure no_parent_span callback_error ignored invalid`.split(
    /\s+/,
  ),
);
const DATA_CATEGORIES = new Set(
  `default error transaction span security attachment session profile profile_chunk replay monitor feedback log_item
  log_byte trace_metric trace_metric_byte metric_bucket internal unknown`.split(/\s+/),
);

const known = (words: ReadonlySet<string>, value: unknown): string => {
  const word = textOf(value) ?? '';
  return words.has(word) ? word : 'other';
};

/** A `client_report`: what the SDK dropped before it was sent, and why. */
export function readClientReport(payload: Record<string, unknown>): Discard[] {
  const list = Array.isArray(payload.discarded_events) ? payload.discarded_events : [];
  return list
    .slice(0, MAX_DISCARDS)
    .filter(isObject)
    .map(({ reason, category, quantity }) => ({
      reason: known(REASONS, reason),
      category: known(DATA_CATEGORIES, category),
      count: Math.min(integerOf(quantity) ?? 0, MAX_COUNT),
    }))
    .filter(({ count }) => count > 0);
}

/** What somebody wrote, ids as 32 hex digits. */
export interface Feedback {
  /** Null when the sender gave none. */
  id: string | null;
  eventId: string | null;
  name: string;
  email: string;
  message: string;
  url: string;
  environment: string;
  release: string;
  at: Date;
}

const identifier = (value: unknown): string | null => (typeof value === 'string' ? parseEventIdentifier(value) : null);
const short = (value: unknown): string => shortText(value, LIMITS.name);

/** A `feedback` item (an event whose context holds it) or an older `user_report`. Null when nothing was written. */
export function readFeedback(sent: Record<string, unknown>, receivedAt: Date): Feedback | null {
  const payload = cleanPayload(sent, []);
  const contexts = isObject(payload.contexts) ? payload.contexts : {};
  const written = isObject(contexts.feedback) ? contexts.feedback : null;
  const message = textOf(written ? written.message : (payload.comments ?? payload.message));
  if (!message) return null;
  return {
    id: written ? identifier(payload.event_id) : null,
    eventId: identifier(written ? written.associated_event_id : payload.event_id),
    name: short(written ? written.name : payload.name),
    email: short(written ? written.contact_email : payload.email),
    message: cutText(message.trim(), LIMITS.message),
    url: shortText(written?.url, 1000),
    environment: short(payload.environment),
    release: shortText(payload.release, LIMITS.release),
    at: parseInstant(payload.timestamp) ?? receivedAt,
  };
}
