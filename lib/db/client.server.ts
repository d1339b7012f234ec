import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { env } from '../env.server';
import { PrismaClient } from './generated/client';

export type Db = PrismaClient;
/** What a use case takes where it may run inside a transaction. */
export type Tx = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

// Next reloads modules in development; the connections must outlive that.
const globals = globalThis as typeof globalThis & { errataDb?: { url: string; pool: Pool; db: Db } };

function connect() {
  const url = env().DATABASE_URL;
  if (!url)
    throw new Error('DATABASE_URL is not set: start Errata with `npm start`, or point it at a PostgreSQL 15 or newer.');
  if (globals.errataDb?.url === url) return globals.errataDb;
  const pool = new Pool({
    connectionString: url,
    max: 12,
    idleTimeoutMillis: 30_000,
    application_name: 'errata',
    // Days are days of UTC wherever SQL cuts one, whatever the server's own setting.
    onConnect: (client) => client.query(`SET TimeZone = 'UTC'`),
  });
  // A connection that breaks while idle is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {});
  // And so would one that breaks while it is in use, whose query fails with it anyway.
  pool.on('connect', (client) => client.on('error', () => {}));
  globals.errataDb = { url, pool, db: new PrismaClient({ adapter: new PrismaPg(pool) }) };
  return globals.errataDb;
}

/** Prisma, for everything but the hot path. */
export const getDb = (): Db => connect().db;

/** The same pool, for SQL that Prisma has no word for. */
export const getPool = (): Pool => connect().pool;

export async function disconnectDb(): Promise<void> {
  const open = globals.errataDb;
  globals.errataDb = undefined;
  if (!open) return;
  await open.db.$disconnect();
  if (!open.pool.ended) await open.pool.end();
}
