import { execFileSync } from 'node:child_process';
import { readFileSync, type Stats, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';

/** The operating-system user that PostgreSQL runs as. `spawn` is empty when that is the user of this process. */
export interface PostgresAccount {
  name: string;
  uid: number;
  gid: number;
  spawn: { uid?: number; gid?: number };
}

const ACCOUNT = 'postgres';

// Debian and Red Hat know useradd, BusyBox knows adduser.
const CREATE_COMMANDS: [string, string[]][] = [
  ['useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/', '--shell', '/bin/false', ACCOUNT]],
  ['adduser', ['-S', '-D', '-H', '-s', '/bin/false', ACCOUNT]],
];

function find(name: string): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((row) => row.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

function create(): { uid: number; gid: number } {
  for (const [command, args] of CREATE_COMMANDS) {
    try {
      execFileSync(command, args, { stdio: 'ignore' });
    } catch {
      continue;
    }
    const made = find(ACCOUNT);
    if (made) return made;
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and no "postgres" user could be made. Create one (useradd --system postgres), start Errata as an ordinary user, or set DATABASE_URL.',
  );
}

/**
 * PostgreSQL refuses to run as root; then it runs as `postgres`, made when the system has no such user.
 * @throws Error when root cannot make that user.
 */
export function postgresAccount(): PostgresAccount {
  const { uid, gid, username } = userInfo();
  if (uid !== 0) return { name: username, uid, gid, spawn: {} };
  const found = find(ACCOUNT) ?? create();
  return { name: ACCOUNT, ...found, spawn: found };
}

function mayEnter(stats: Stats, account: PostgresAccount): boolean {
  if (stats.uid === account.uid) return (stats.mode & 0o100) !== 0;
  if (stats.gid === account.gid) return (stats.mode & 0o010) !== 0;
  return (stats.mode & 0o001) !== 0;
}

/** Whether the account can reach `path` through all folders above it (those that exist). */
export function canReach(account: PostgresAccount, path: string): boolean {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const stats = statSync(folder, { throwIfNoEntry: false });
    if (stats && !mayEnter(stats, account)) return false;
    if (folder === dirname(folder)) return true;
  }
}
