/** The database ended, or broke off, part of the way through a batch: `outcomes` are those of the events before. */
export class BatchCut<O> extends Error {
  readonly outcomes: O[];

  constructor(outcomes: O[], cause: unknown) {
    super('The database failed part of the way through a batch.', { cause });
    this.name = 'BatchCut';
    this.outcomes = outcomes;
  }
}

/** Another process changed what this transaction had read: roll back and do the whole again. */
export class BatchRetry extends Error {}

const sqlState = (error: unknown): string => {
  const code = error !== null && typeof error === 'object' && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code) ? code : '';
};

/** Serialization failure, deadlock, a unique key taken by another process. */
export const isTransient = (error: unknown): boolean =>
  error instanceof BatchRetry || ['40001', '40P01', '23505'].includes(sqlState(error));

/** PostgreSQL refuses the data itself: bad values, violated rules, sizes beyond its limits. */
export const isRefusal = (error: unknown): boolean =>
  /^(?:21|22|23|54)/.test(sqlState(error)) ||
  (error instanceof Error && error.message.startsWith('There is no project'));

/**
 * Whether trying the same again later can help: no connection, shutting down, read-only, no room, no memory, locks. Not
 * so when the statement is wrong or we are.
 */
export function isOutage(error: unknown): boolean {
  if (error instanceof BatchCut) return isOutage(error.cause);
  const state = sqlState(error);
  if (state !== '') return /^(?:08|25|28|3D|40|53|55|57|58)/.test(state);
  return !(error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError);
}
