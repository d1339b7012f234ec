import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KeyRing } from './project-scope.server';
import type { EventStore } from './store-events.server';

/** Answers one request for capture, whatever happens. */
export type Receive = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/** The receiver of a protocol's path (without the slash at its end); undefined when the path is not the protocol's. */
export type FindReceiver = (path: string) => Receive | undefined;

/** What every protocol's receiver works with. */
export interface CaptureTools {
  keys: KeyRing;
  events: EventStore;
  /** Address people use; otherwise taken from each request. */
  publicUrl: string | undefined;
  /** Take events of the own API without a key. */
  openCapture: boolean;
}
