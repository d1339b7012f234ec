import { cutText, LIMITS } from './limits';
import { isObject } from './protocols/report-fields';
import type { Envelope, EnvelopeItem } from './protocols/sentry-envelope';
import { readSentryEvent, type SentryContext } from './protocols/sentry-event';
import { categoryOf } from './protocols/sentry-items';
import { parseLenientJson } from './protocols/sentry-json';
import { type Discard, type Feedback, readClientReport, readFeedback } from './protocols/sentry-reports';
import { readSession, readSessionAggregates, type SessionCount } from './protocols/sentry-session';
import { integerOf, payloadInList, shortText } from './protocols/sentry-values';
import { type RateLimit, TRACING_OFF } from './rate-limit';

/** A file that came with an event. */
export interface Attachment {
  filename: string;
  contentType: string;
  kind: string;
  bytes: Buffer;
}

/** What is to be done with an envelope. */
export interface EnvelopePlan {
  event: ReturnType<typeof readSentryEvent> | null;
  sessions: SessionCount[];
  bySdk: Discard[];
  byErrata: Discard[];
  feedback: Feedback[];
  attachments: Attachment[];
  /** Limits the client is to hear of. */
  limits: RateLimit[];
  /** Items that were turned away for a limit. */
  limited: number;
  /** Items that were understood, limited ones too. */
  understood: number;
  /** What could not be read, one sentence each. */
  unreadable: string[];
}

export interface PlanOptions {
  context: SentryContext;
  /** Largest attachment kept, in bytes; 0 keeps none. */
  attachmentBytes: number;
  /** The limit in force for a category of items; null lets it pass. */
  limitOf(category: string): RateLimit | null;
}

const MAX_ATTACHMENTS = 30;
const MEGABYTE = 1024 * 1024;

type Handler = (plan: EnvelopePlan, item: EnvelopeItem, payload: Record<string, unknown>, options: PlanOptions) => void;

function discard(plan: EnvelopePlan, reason: string, category: string, count = 1): void {
  plan.byErrata.push({ reason, category, count });
}

const takeFeedback: Handler = (plan, _, payload, { context }) => {
  const feedback = readFeedback(payload, context.receivedAt);
  if (feedback) plan.feedback.push(feedback);
  else discard(plan, 'empty', 'feedback');
};

const takeEvent: Handler = (plan, item, payload, options) => {
  // Old SDKs send other things as events too, and say so inside.
  if (payload.type === 'transaction') discard(plan, 'not_kept', 'transaction');
  else if (payload.type === 'feedback') takeFeedback(plan, item, payload, options);
  else if (plan.event) discard(plan, 'second_event', 'error');
  else plan.event = readSentryEvent(payload, options.context);
};

/** Items whose payload is a JSON object. All others that are not kept are counted without being parsed. */
const HANDLERS: Record<string, Handler> = {
  event: takeEvent,
  feedback: takeFeedback,
  user_report: takeFeedback,
  session: (plan, _, payload, { context }) => plan.sessions.push(readSession(payload, context.receivedAt)),
  sessions: (plan, _, payload, { context }) =>
    plan.sessions.push(...readSessionAggregates(payload, context.receivedAt)),
  client_report: (plan, _, payload) => plan.bySdk.push(...readClientReport(payload)),
};

function takeAttachment(plan: EnvelopePlan, { header, payload }: EnvelopeItem, maxBytes: number): void {
  if (maxBytes === 0) discard(plan, 'not_kept', 'attachment');
  else if (payload.length > maxBytes) discard(plan, 'too_large', 'attachment');
  else if (plan.attachments.length >= MAX_ATTACHMENTS) discard(plan, 'too_many', 'attachment');
  else {
    plan.attachments.push({
      // Where it lay on the client is nobody's business, and no path of ours.
      filename: shortText(header.filename, 1000).split(/[\\/]/).at(-1) || 'attachment',
      contentType: shortText(header.content_type, 100) || 'application/octet-stream',
      kind: shortText(header.attachment_type, 100) || 'event.attachment',
      bytes: payload,
    });
  }
}

function readPayload(item: EnvelopeItem): Record<string, unknown> | null {
  const value = parseLenientJson(item.payload.toString('utf8'));
  const payload = Array.isArray(value) && item.type === 'event' ? payloadInList(value) : value;
  return isObject(payload) ? payload : null;
}

function takeItem(plan: EnvelopePlan, item: EnvelopeItem, options: PlanOptions): void {
  const category = categoryOf(item.type);
  const limit = options.limitOf(category);
  if (limit) {
    plan.understood++;
    plan.limited++;
    if (!plan.limits.includes(limit)) plan.limits.push(limit);
    discard(plan, 'rate_limited', category);
    return;
  }
  if (TRACING_OFF.categories.includes(category) && !plan.limits.includes(TRACING_OFF)) plan.limits.push(TRACING_OFF);
  const handler = Object.hasOwn(HANDLERS, item.type) ? HANDLERS[item.type]! : undefined;
  if (item.type === 'attachment') takeAttachment(plan, item, options.attachmentBytes);
  else if (!handler)
    discard(plan, 'not_kept', category, Math.min(Math.max(integerOf(item.header.item_count) ?? 1, 1), 10_000));
  else {
    if (item.payload.length > LIMITS.jsonItem) {
      discard(plan, 'too_large', category);
      plan.unreadable.push(
        `the payload of the item ${cutText(item.type, LIMITS.name)} is larger than ${LIMITS.jsonItem / MEGABYTE} MB`,
      );
      return;
    }
    const payload = readPayload(item);
    if (!payload) {
      discard(plan, 'malformed', category);
      plan.unreadable.push(`the payload of the item ${cutText(item.type, LIMITS.name)} is no JSON object`);
      return;
    }
    handler(plan, item, payload, options);
  }
  plan.understood++;
}

/** Decides what becomes of every item of an envelope. Pure; one bad item never sinks the others. */
export function planEnvelope(envelope: Envelope, options: PlanOptions): EnvelopePlan {
  const plan: EnvelopePlan = {
    event: null,
    sessions: [],
    bySdk: [],
    byErrata: envelope.malformed.map(() => ({ reason: 'malformed', category: 'default', count: 1 })),
    feedback: [],
    attachments: [],
    limits: [],
    limited: 0,
    understood: 0,
    unreadable: [...envelope.malformed],
  };
  for (const item of envelope.items) takeItem(plan, item, options);
  return plan;
}
