import { hash } from 'node:crypto';

const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) || null : null;

/** Tells people apart without keeping who they are; null where an event names nobody. */
export function personHash(user: Record<string, unknown> | null | undefined): string | null {
  const identity = user && (textOf(user.id) ?? textOf(user.email) ?? textOf(user.username) ?? textOf(user.ip_address));
  return identity ? hash('sha1', identity) : null;
}
