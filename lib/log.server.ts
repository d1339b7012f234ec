import pino from 'pino';
import { env } from './env.server';

let logger: pino.Logger | undefined;

/** Structured log lines on standard output. Never log secrets or event payloads. */
export function log(): pino.Logger {
  logger ??= pino({ level: env().ERRATA_LOG_LEVEL, base: undefined, timestamp: pino.stdTimeFunctions.isoTime });
  return logger;
}
