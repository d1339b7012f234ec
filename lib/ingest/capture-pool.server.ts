import { Pool } from 'pg';

/** `pg` sends queries on without waiting for the answer to the one before; its types do not know the option yet. */
const PIPELINED = { pipeline: true };

/** SQLSTATE of a server that is not ready to be asked. */
const CANNOT_CONNECT_NOW = '57P03';

/**
 * The connections of capture, apart from those of pages and jobs, so that neither starves the other. Queries of one
 * client may be under way together; they run in order. Until the database `isPrepared` (migrated), it counts as away.
 */
export function createCapturePool(databaseUrl: string, max = 4, isPrepared: () => boolean = () => true): Pool {
  const pool = new Pool({
    ...PIPELINED,
    connectionString: databaseUrl,
    max,
    application_name: 'errata capture',
    allowExitOnIdle: true,
    connectionTimeoutMillis: 3000,
    // A query that takes longer is taken for lost, and its connection closed; whether it did its work is not known then.
    query_timeout: 5000,
    keepAlive: true,
    // Every look-up here is by key. Plans made while the tables were small must not scan them once they are large.
    onConnect: async (client) => {
      if (!isPrepared()) {
        throw Object.assign(new Error('The database is still being prepared.'), { code: CANNOT_CONNECT_NOW });
      }
      await client.query(`SET enable_seqscan = off; SET jit = off; SET TimeZone = 'UTC'`);
    },
  });
  // A connection that breaks while idle is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {});
  // And so would one that breaks while it is in use, whose query fails with it anyway.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
