import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@/lib/db/embedded.server';
import { migrate } from '@/lib/db/migrate.server';
import { reloadEnv } from '@/lib/env.server';

export interface ThrowawayDatabase {
  /** Milliseconds of the processor that this process and all of PostgreSQL's took so far: what a busy machine leaves alone. */
  cpu(): number;
  stop(): Promise<void>;
}

/**
 * A migrated PostgreSQL in a folder of its own, which `getDb()` and `getPool()` then speak to. Gone after `stop`, unless
 * `folder` says where it stays.
 */
export async function throwawayDatabase(name: string, folder?: string): Promise<ThrowawayDatabase> {
  const dataDir = folder ?? (await mkdtemp(join(tmpdir(), `errata-${name}-`)));
  await mkdir(dataDir, { recursive: true });
  await chmod(dataDir, 0o755);
  const server = await startEmbedded({ dataDir, durable: false, connections: 40 });
  await migrate(server.url);
  process.env.DATABASE_URL = server.url;
  reloadEnv();
  const postmaster = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  return {
    cpu: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000 + childrenCpu(postmaster);
    },
    async stop() {
      await server.stop();
      if (!folder) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Ticks of 10 ms, of the processes whose parent is the postmaster. */
function childrenCpu(postmaster: number): number {
  let ticks = 0;
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      // Vacuuming after the fill is no part of what is measured.
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('autovacuum')) continue;
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      if (Number(fields[1]) === postmaster) ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It ended meanwhile.
    }
  }
  return ticks * 10;
}

/** The value that `share` of the numbers do not exceed. */
export const percentile = (numbers: readonly number[], share: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? 0;
