import { AppError } from '../errors';
import { log } from '../log.server';
import { type Companions, discardRow, feedbackRow, noCompanions, sessionRow } from './companions';
import { parseEventIdentifier } from './normalize-event';
import type { ProjectScope } from './project-scope.server';
import type { Envelope } from './protocols/sentry-envelope';
import { type RateLimit, retryAfter } from './rate-limit';
import { type EnvelopePlan, type PlanOptions, planEnvelope } from './read-envelope';
import { keepAttachment } from './store-attachments.server';
import type { EventStore } from './store-events.server';
import { captureWork } from './time-slices';

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
   * Stores all that an envelope holds, resolving once all of it is safe: committed, or on disk in the spool.
   * @throws AppError `bad_request` when nothing in it can be read, `unavailable` when some of it is nowhere: sent again,
   * the rest changes nothing. Whatever the event store throws.
   */
  store(
    scope: ProjectScope,
    envelope: Envelope,
    client: { address: string | undefined; receivedAt: Date },
  ): Promise<EnvelopeResult>;
}

export interface AttachmentSettings {
  folder: string;
  /** For projects that do not say. */
  enabled: boolean;
  maxBytes: number;
}

const RETRY_AFTER_S = 5;
const MEGABYTE = 1024 * 1024;

/** Largest attachment a project keeps, in bytes; 0 for none. What the environment allows is the most. */
function attachmentBytes({ settings: { attachments: own } }: ProjectScope, general: AttachmentSettings): number {
  if (!(own?.enabled ?? general.enabled)) return 0;
  return Math.min(general.maxBytes, own ? own.max_mb * MEGABYTE : general.maxBytes);
}

export function createEnvelopeStore(
  events: EventStore,
  settings: { attachments: AttachmentSettings; findLimit: FindLimit },
): EnvelopeStore {
  async function storeEvent(scope: ProjectScope, plan: EnvelopePlan, receivedAt: Date): Promise<string | null> {
    if (!plan.event) return null;
    const [outcome] = await events.store(scope, [plan.event], receivedAt);
    if (outcome && !('refused' in outcome)) return outcome.id;
    throw new AppError('bad_request', `The event could not be stored: ${outcome?.refused ?? 'no outcome'}`);
  }

  /** Puts the files on disk and returns their rows. */
  async function keepFiles(
    { projectId, slug }: ProjectScope,
    plan: EnvelopePlan,
    eventId: string | null,
    receivedAt: Date,
  ): Promise<Companions['files']> {
    const count = plan.attachments.length;
    if (count > 0 && !eventId) plan.byErrata.push({ reason: 'no_event', category: 'attachment', count });
    if (!eventId) return [];
    try {
      const { folder } = settings.attachments;
      const whose = { projectId, eventId, receivedAt };
      return await Promise.all(plan.attachments.map((file) => keepAttachment(folder, whose, file)));
    } catch (error) {
      log().error({ err: error, project: slug }, 'An attachment could not be stored');
      throw new AppError('unavailable', 'The disk does not take the attachments.', { retryAfter: RETRY_AFTER_S });
    }
  }

  function companionsOf({ projectId }: ProjectScope, plan: EnvelopePlan, receivedAt: Date): Companions {
    return {
      ...noCompanions(),
      sessions: plan.sessions.map((session) => sessionRow(projectId, session)),
      discards: [
        ...plan.bySdk.map((discard) => discardRow(projectId, 'sdk', discard, receivedAt)),
        ...plan.byErrata.map((discard) => discardRow(projectId, 'errata', discard, receivedAt)),
      ],
      feedback: plan.feedback.map((feedback) => feedbackRow(projectId, feedback, receivedAt)),
    };
  }

  return {
    async store(scope, envelope, { address, receivedAt }) {
      const context = {
        slug: scope.slug,
        address,
        receivedAt,
        eventId: envelope.header.event_id,
        sentAt: envelope.header.sent_at,
      };
      const options: PlanOptions = {
        context,
        attachmentBytes: attachmentBytes(scope, settings.attachments),
        limitOf: (category) => settings.findLimit(scope, category),
      };
      const [planned] = await captureWork.map([envelope], (whole) => planEnvelope(whole, options));
      const plan = planned!;
      if (plan.unreadable.length > 0 && plan.understood === 0) {
        throw new AppError('bad_request', 'The envelope cannot be read.', {
          errors: plan.unreadable.map((message) => ({ field: 'body', message })),
        });
      }
      // Whatever becomes of the event, the rest is worth keeping.
      const [event] = await Promise.allSettled([storeEvent(scope, plan, receivedAt)]);
      const stored = event.status === 'fulfilled' ? event.value : null;
      const told = envelope.header.event_id;
      const id = stored ?? (typeof told === 'string' ? parseEventIdentifier(told) : null);
      const files = event.status === 'fulfilled' ? await keepFiles(scope, plan, id, receivedAt) : [];
      await events.companions.store({ ...companionsOf(scope, plan, receivedAt), files });
      if (event.status === 'rejected') throw event.reason;
      const refused = plan.limited > 0 && plan.limited === plan.understood;
      return { id, limits: plan.limits, retryAfter: refused ? retryAfter(plan.limits) : null };
    },
  };
}
