import { Pool } from 'pg';

/** `pg` sends queries on without waiting for the answer to the one before; its types do not know the option yet. */
const PIPELINED = { pipeline: true };

/**
 * The connections of capture, apart from those of pages and jobs, so that neither starves the other. Queries of one
 * client may be under way together; they run in order.
 */
export function createCapturePool(databaseUrl: string, max = 3): Pool {
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
      await client.query('SET enable_seqscan = off; SET jit = off');
    },
  });
  // A connection that breaks while idle is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {});
  // And so would one that breaks while it is in use, whose query fails with it anyway.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
