/** Sessions as numbers by release: how many began, and how they ended. Pure. */
import { LIMITS, parseInstant } from '../limits';
import { isObject } from './report-fields';
import { integerOf, shortText, textOf } from './sentry-values';

/** Sessions of one release and environment that began on one day (UTC, `2026-11-21`). */
export interface SessionCount {
  release: string;
  environment: string;
  day: string;
  started: number;
  /** Ended without an error. */
  exited: number;
  /** Had an error that was handled. */
  errored: number;
  crashed: number;
  abnormal: number;
}

const MAX_AGGREGATES = 100;
const MAX_COUNT = 10_000_000;
const OLDEST_MS = 30 * 86_400_000;

const count = (value: unknown): number => Math.min(Math.max(integerOf(value) ?? 0, 0), MAX_COUNT);

function empty(payload: Record<string, unknown>, started: unknown, receivedAt: Date): SessionCount {
  const attributes = isObject(payload.attrs) ? payload.attrs : payload;
  const told = parseInstant(started);
  const age = told ? receivedAt.getTime() - told.getTime() : 0;
  const time = told && age < OLDEST_MS && age > -LIMITS.futureMs ? told : receivedAt;
  return {
    release: shortText(attributes.release, LIMITS.release),
    environment: shortText(attributes.environment, LIMITS.environment) || 'production',
    day: time.toISOString().slice(0, 10),
    started: 0,
    exited: 0,
    errored: 0,
    crashed: 0,
    abnormal: 0,
  };
}

/**
 * One update of one session. SDKs send the first (`init`), one at the first error, and one at the end, so each of these
 * moves is counted where it shows and nowhere else; no session is remembered.
 */
export function readSession(payload: Record<string, unknown>, receivedAt: Date): SessionCount {
  const counted = empty(payload, payload.started ?? payload.timestamp, receivedAt);
  const errors = count(payload.errors);
  const isFirst = payload.init === true;
  const status = textOf(payload.status) ?? 'ok';
  if (isFirst) counted.started = 1;
  if (status === 'crashed') counted.crashed = 1;
  else if (status === 'abnormal') counted.abnormal = 1;
  else if (status === 'exited' && errors === 0) counted.exited = 1;
  else if (errors > 0 && (isFirst || (status === 'ok' && errors === 1))) counted.errored = 1;
  return counted;
}

/** Sessions an SDK has counted itself, as servers do. */
export function readSessionAggregates(payload: Record<string, unknown>, receivedAt: Date): SessionCount[] {
  const list = Array.isArray(payload.aggregates) ? payload.aggregates.slice(0, MAX_AGGREGATES).filter(isObject) : [];
  return list.map((aggregate) => {
    const counted = empty(payload, aggregate.started, receivedAt);
    counted.exited = count(aggregate.exited);
    counted.errored = count(aggregate.errored);
    counted.crashed = count(aggregate.crashed);
    counted.abnormal = count(aggregate.abnormal);
    counted.started = counted.exited + counted.errored + counted.crashed + counted.abnormal;
    return counted;
  });
}
