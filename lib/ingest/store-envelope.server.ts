import type { Pool } from 'pg';
import { AppError } from '../errors';
import { log } from '../log.server';
import { createItemCounter } from './count-items.server';
import { parseEventIdentifier } from './normalize-event';
import type { ProjectScope } from './project-scope.server';
import type { Envelope } from './protocols/sentry-envelope';
import { type RateLimit, retryAfter } from './rate-limit';
import { type EnvelopePlan, planEnvelope } from './read-envelope';
import { createAttachmentStore } from './store-attachments.server';
import type { EventStore } from './store-events.server';
import { storeFeedback } from './store-feedback.server';

/** The limit in force for a project's items of a category; null lets them pass. */
export type FindLimit = (scope: ProjectScope, category: string) => RateLimit | null;

export interface EnvelopeResult {
  /** Of the event, or of whatever else the envelope was about; null without an id. */
  id: string | null;
  /** Limits to tell the client of. */
  limits: RateLimit[];
  /** Everything was turned away for a limit: seconds to wait. */
  retryAfter: number | null;
}

export interface EnvelopeStore {
  /**
   * Stores all that an envelope holds, resolving once its event is safe.
   * @throws AppError `bad_request` when nothing in it can be read; whatever the event store throws.
   */
  store(
    scope: ProjectScope,
    envelope: Envelope,
    client: { address: string | undefined; receivedAt: Date },
  ): Promise<EnvelopeResult>;
  drain(): Promise<void>;
}

export interface AttachmentSettings {
  folder: string;
  /** For projects that do not say. */
  enabled: boolean;
  maxBytes: number;
}

export function createEnvelopeStore(
  pool: Pool,
  events: EventStore,
  settings: { attachments: AttachmentSettings; findLimit: FindLimit },
): EnvelopeStore {
  const counter = createItemCounter(pool);
  const files = createAttachmentStore(pool, settings.attachments.folder);

  async function storeEvent(scope: ProjectScope, plan: EnvelopePlan, receivedAt: Date): Promise<string | null> {
    if (!plan.event) return null;
    const [outcome] = await events.store(scope, [plan.event], receivedAt);
    if (outcome && !('refused' in outcome)) return outcome.id;
    throw new AppError('bad_request', `The event could not be stored: ${outcome?.refused ?? 'no outcome'}`);
  }

  /** A file that the disk does not take is no reason to have its event sent again. */
  async function storeFiles(
    scope: ProjectScope,
    plan: EnvelopePlan,
    id: string | null,
    receivedAt: Date,
  ): Promise<void> {
    for (const file of plan.attachments) {
      try {
        if (id) await files.store(scope.projectId, id, file, receivedAt);
        else plan.byErrata.push({ reason: 'no_event', category: 'attachment', count: 1 });
      } catch (error) {
        log().error({ err: error, project: scope.slug }, 'An attachment could not be stored');
        plan.byErrata.push({ reason: 'not_stored', category: 'attachment', count: 1 });
      }
    }
  }

  return {
    async store(scope, envelope, { address, receivedAt }) {
      const { attachments, findLimit } = settings;
      const plan = planEnvelope(envelope, {
        context: {
          slug: scope.slug,
          address,
          receivedAt,
          eventId: envelope.header.event_id,
          sentAt: envelope.header.sent_at,
        },
        attachmentBytes: (scope.attachments ?? attachments.enabled) ? attachments.maxBytes : 0,
        limitOf: (category) => findLimit(scope, category),
      });
      if (plan.unreadable.length > 0 && plan.understood === 0) {
        throw new AppError('bad_request', 'The envelope cannot be read.', {
          errors: plan.unreadable.map((message) => ({ field: 'body', message })),
        });
      }
      const [stored] = await Promise.all([
        storeEvent(scope, plan, receivedAt),
        ...plan.feedback.map((feedback) => storeFeedback(pool, scope.projectId, feedback, receivedAt)),
      ]);
      const told = envelope.header.event_id;
      const id = stored ?? (typeof told === 'string' ? parseEventIdentifier(told) : null);
      await storeFiles(scope, plan, id, receivedAt);
      await counter.add({ projectId: scope.projectId, ...plan, receivedAt });
      const refused = plan.limited > 0 && plan.limited === plan.understood;
      return { id, limits: plan.limits, retryAfter: refused ? retryAfter(plan.limits) : null };
    },
    drain: () => counter.drain(),
  };
}
