/** Why an event belongs to its issue: one part per contributing piece, kept with the grouping so that "Why here?" can be answered. */
export interface GroupingPart {
  kind: 'fingerprint' | 'type' | 'message' | 'template' | 'frame' | 'logger' | 'service';
  /** What was hashed. */
  value: string;
  /** What stood there before normalising, where it differs. */
  raw?: string;
}

/**
 * What grouping says of one event. Pure function of the event (and, where a message is mined, of the template store).
 * `hashes`: 32 hex digits each, strongest first; the event joins the issue that owns any of them, else a new issue owns all.
 */
export interface GroupingResult {
  /** Version of the algorithm, e.g. `v1`. */
  version: string;
  hashes: string[];
  parts: GroupingPart[];
  /** One line for lists: `TypeError: x is not a function`. */
  title: string;
  /** Exception type, empty when none. */
  type: string;
  /** First line of the value, or the message. */
  value: string;
  /** Where it happened: transaction, or the last in-app frame as `file in function`. */
  culprit: string;
  /** The message with its variable parts replaced by `<tokens>`. */
  template: string;
  /** Only where nothing but a message decided, and a template learnt from others may take it in. Not stored. */
  mining?: {
    /** Hash of what must be equal before two messages are compared. */
    scope: string;
    /** Parts of the message, joined by blanks. */
    signature: string;
  };
  /**
   * What the version says that the project comes from, until `completeGroupings` puts its hashes behind the others. They
   * are attached to the issue they lead to under their own version.
   */
  previous?: GroupingResult;
}
