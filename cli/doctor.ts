import type { Command } from 'commander';
import { print } from './options';

interface Finding {
  check: string;
  ok: boolean;
  detail: string;
}

type Check = () => Promise<string>;

/** Each answers with what it found, or throws what is wrong and what to do. */
async function checks(): Promise<Record<string, Check>> {
  const { env } = await import('@/lib/env.server');
  const { dataDir } = await import('@/lib/server/paths.server');
  const { findInstance } = await import('@/lib/server/instance-lock.server');
  const { access, constants, mkdir } = await import('node:fs/promises');
  return {
    node: async () => {
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
      if (major < 20 || (major === 20 && minor < 19))
        throw new Error(`Node ${process.version}; 20.19 or newer is needed`);
      return process.version;
    },
    environment: async () => {
      env();
      return 'valid';
    },
    'data folder': async () => {
      await mkdir(dataDir(), { recursive: true });
      await access(dataDir(), constants.R_OK | constants.W_OK);
      return dataDir();
    },
    instance: async () => {
      const instance = await findInstance(dataDir());
      return instance ? `process ${instance.pid} on port ${instance.port}` : 'not running';
    },
    database: async () => {
      const { withDatabase } = await import('@/lib/server/with-database.server');
      const { findEmbedded } = await import('@/lib/db/embedded.server');
      const running = env().DATABASE_URL ? undefined : await findEmbedded(dataDir());
      return withDatabase('doctor', async () => {
        const { getPool } = await import('@/lib/db/client.server');
        const { rows } = await getPool().query<{ version: string; size: string; migrations: number }>(
          `SELECT current_setting('server_version') AS version, pg_size_pretty(pg_database_size(current_database())) AS size,
             (SELECT count(*)::int FROM "_prisma_migrations") AS migrations`,
        );
        const found = rows[0];
        return `PostgreSQL ${found?.version}, ${found?.size}, ${found?.migrations} migrations${running ? `, at ${running}` : ''}`;
      });
    },
    server: async () => {
      const instance = await findInstance(dataDir());
      if (!instance?.port) return 'not running';
      const answer = await fetch(`http://127.0.0.1:${instance.port}/ready`, { signal: AbortSignal.timeout(5000) });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`not ready: ${text}`);
      return 'ready';
    },
  };
}

async function examine(name: string, check: Check): Promise<Finding> {
  try {
    return { check: name, ok: true, detail: await check() };
  } catch (error) {
    return { check: name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

export function register(program: Command): void {
  program
    .command('doctor')
    .description('check what Errata needs to run; exit code 1 when something is wrong')
    .option('--json', 'print JSON')
    .action(async ({ json = false }: { json?: boolean }) => {
      const findings: Finding[] = [];
      for (const [name, check] of Object.entries(await checks())) findings.push(await examine(name, check));
      print(
        json,
        { ok: findings.every((finding) => finding.ok), checks: findings },
        findings.map(({ check, ok, detail }) => `${ok ? 'ok   ' : 'WRONG'}  ${check.padEnd(12)}  ${detail}`),
      );
      if (!findings.every((finding) => finding.ok)) process.exitCode = 1;
    });
}
