import { instantText, parseInstant } from '../limits';

const DRIFT_MS = 55 * 60_000;
const OLDEST_MS = 90 * 86_400_000;

/**
 * When an event happened. A client whose clock is an hour or more off is corrected by the difference between when it says
 * it sent and when that arrived. What is older than 90 days happened, as far as we can tell, now.
 * `time` is undefined when nothing usable was said; `corrected` events come with another time when they are sent again.
 */
export function sentryTime(
  timestamp: unknown,
  { sentAt, receivedAt }: { sentAt?: unknown; receivedAt: Date },
  trimmed: string[],
): { time: string | undefined; corrected: boolean } {
  const told = parseInstant(timestamp);
  if (!told) return { time: undefined, corrected: false };
  const sent = parseInstant(sentAt);
  const drift = sent ? receivedAt.getTime() - sent.getTime() : 0;
  const corrected = Math.abs(drift) > DRIFT_MS;
  const time = new Date(told.getTime() + (corrected ? drift : 0));
  if (corrected) {
    trimmed.push(
      `timestamp: moved from ${told.toISOString()}, the client's clock was ${Math.round(drift / 60_000)} min off`,
    );
  }
  if (receivedAt.getTime() - time.getTime() > OLDEST_MS) {
    trimmed.push(`timestamp: ${time.toISOString()} is more than 90 days ago; the time of receipt was taken`);
    return { time: undefined, corrected };
  }
  return { time: instantText(time), corrected };
}
