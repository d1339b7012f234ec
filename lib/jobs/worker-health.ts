/** Row of `setting` whose `updated_at` says when a worker was last alive. */
export const HEARTBEAT_KEY = 'worker.heartbeat';
export const HEARTBEAT_EVERY_MS = 5000;

/** A worker that missed three beats is taken for gone. `ageMs` is null when there never was one. */
export const isWorkerAlive = (ageMs: number | null): boolean => ageMs !== null && ageMs < 3 * HEARTBEAT_EVERY_MS + 1000;
