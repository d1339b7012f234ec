import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '../env.server';
import { log } from '../log.server';
import { createFrameMapper } from '../source-maps/frame-mapper.server';
import { sourceMapsFolder } from '../source-maps/maps-folder.server';
import { sendPreflight } from './capture-answer.server';
import { releaseBody } from './capture-body.server';
import { createCapturePool } from './capture-pool.server';
import { clientAddress } from './client-address';
import type { KeyMemory } from './key-memory.server';
import { createKeyRing, type ProjectScope } from './project-scope.server';
import { receiveErrors } from './receive-errors.server';
import { receiveOtlp } from './receive-otlp.server';
import { receiveSentry } from './receive-sentry.server';
import type { CaptureTools, FindReceiver } from './receiver.server';
import type { Spool } from './spool-files.server';
import { attachmentsFolder } from './store-attachments.server';
import { type AttachmentSettings, createEnvelopeStore, type FindLimit } from './store-envelope.server';
import { createEventStore, type EventStore } from './store-events.server';

export interface Capture {
  /** True when the request is for capture and was answered; false leaves it untouched. */
  handle(request: IncomingMessage, response: ServerResponse, url: URL): boolean | Promise<boolean>;
  /** Resolves once everything accepted is stored. */
  drain(): Promise<void>;
  /** What waits on disk; null without a spool. */
  spoolState: EventStore['spoolState'];
}

function attachmentsOfEnvironment(): AttachmentSettings {
  const { ERRATA_ATTACHMENTS, ERRATA_ATTACHMENT_MAX_MB } = env();
  return {
    folder: attachmentsFolder(),
    enabled: ERRATA_ATTACHMENTS,
    maxBytes: ERRATA_ATTACHMENT_MAX_MB * 1024 * 1024,
  };
}

/**
 * All capture routes, one receiver per protocol. Its connections are its own, so that pages cannot starve it.
 * Without a `spool` events are refused while the database is away. What is not given is what
 * the environment says.
 */
export function createCapture(options: {
  databaseUrl: string;
  publicUrl?: string;
  openCapture?: boolean;
  spool?: Spool;
  /** Keys from before, for a start at which the database does not answer. */
  keyMemory?: KeyMemory;
  /** Whether the database is migrated; until then it counts as away. */
  isPrepared?: () => boolean;
  attachments?: AttachmentSettings;
  /** Folder of source maps. */
  sourceMaps?: string;
  /** By default the quotas of the project and its keys. */
  findLimit?: FindLimit;
}): Capture {
  const { publicUrl = env().ERRATA_PUBLIC_URL, openCapture = env().ERRATA_OPEN_CAPTURE } = options;
  const pool = createCapturePool(options.databaseUrl, undefined, options.isPrepared);
  const mapper = createFrameMapper(pool, options.sourceMaps ?? sourceMapsFolder());
  const events = createEventStore(pool, options.spool, mapper);
  const tools: CaptureTools = {
    keys: createKeyRing(pool, { memory: options.keyMemory }),
    events,
    publicUrl,
    openCapture,
  };
  const envelopes = createEnvelopeStore(events, {
    attachments: options.attachments ?? attachmentsOfEnvironment(),
    findLimit: options.findLimit ?? ((scope, category) => events.turnAway(scope, category)),
  });
  const sentry = {
    keys: tools.keys,
    envelopes,
    refuse: (scope: ProjectScope) => events.refuse(scope, 1),
    addressOf: ({ socket, headers }: IncomingMessage) =>
      clientAddress(socket.remoteAddress, headers['x-forwarded-for'], env().ERRATA_TRUST_PROXY),
  };
  if (openCapture) log().warn('ERRATA_OPEN_CAPTURE is on: anyone who reaches this port can store events without a key');

  /** Asked in this order. */
  const protocols: FindReceiver[] = [receiveErrors(tools), receiveOtlp(tools), receiveSentry(sentry)];

  return {
    handle(request, response, url) {
      const path = url.pathname.length > 1 && url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : url.pathname;
      for (const find of protocols) {
        const receive = find(path);
        if (!receive) continue;
        if (request.method !== 'OPTIONS') {
          const answered = receive(request, response, url).finally(() => releaseBody(request));
          return answered.then(() => true);
        }
        sendPreflight(response);
        return true;
      }
      return false;
    },
    async drain() {
      await events.drain();
      await options.keyMemory?.flush();
    },
    spoolState: () => events.spoolState(),
  };
}
