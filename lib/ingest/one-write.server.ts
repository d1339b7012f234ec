import type { Connection, PoolClient } from 'pg';

/**
 * Queries that `send` starts without waiting in between go out in one write to the socket: each write is a system call,
 * and wakes PostgreSQL for a part of what it could have had at once.
 */
export function inOneWrite<T>(client: PoolClient, send: () => T): T {
  const { stream } = (client as PoolClient & { connection: Connection }).connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}
