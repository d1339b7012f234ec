import { disconnectDb } from '../db/client.server';
import { findEmbedded, startEmbedded } from '../db/embedded.server';
import { migrate } from '../db/migrate.server';
import { env, reloadEnv } from '../env.server';
import { ensureDatabaseClient } from './build-pages.server';
import { findInstance, lockInstance } from './instance-lock.server';
import { ensureDataDir } from './paths.server';

/** Opens the database; the returned function closes what was opened for us alone. */
async function open(folder: string, command: string): Promise<() => Promise<void>> {
  if (env().DATABASE_URL) {
    await migrate(env().DATABASE_URL ?? '');
    return async () => {};
  }
  const running = await findEmbedded(folder);
  if (running) {
    reloadEnv({ DATABASE_URL: running });
    return async () => {};
  }
  const unlock = await lockInstance(folder, { command, port: null });
  try {
    const server = await startEmbedded({ dataDir: folder });
    reloadEnv({ DATABASE_URL: server.url });
    const close = async () => {
      await server.stop();
      await unlock();
    };
    await migrate(server.url).catch(async (error) => {
      await close();
      throw error;
    });
    return close;
  } catch (error) {
    await unlock();
    throw error;
  }
}

/**
 * Runs `work` with `getDb()` on the database of this installation: `DATABASE_URL`, else the embedded one, of the running
 * Errata or started for as long as this takes.
 * @param command what the data folder's lock names meanwhile.
 */
export async function withDatabase<T>(
  command: string,
  work: (context: {
    /** Where people reach this Errata, for links and DSNs. */
    origin: string;
  }) => Promise<T>,
): Promise<T> {
  await ensureDatabaseClient();
  const folder = await ensureDataDir();
  const close = await open(folder, command);
  try {
    const port = (await findInstance(folder))?.port ?? env().PORT;
    return await work({ origin: env().ERRATA_PUBLIC_URL ?? `http://localhost:${port}` });
  } finally {
    await disconnectDb();
    await close();
  }
}
