import { randomUUID } from 'node:crypto';
import { getDb, type Tx } from '../db/client.server';
import { AppError } from '../errors';
import { DAY_MS } from '../time';
import { toUser } from './list-users.server';
import type { Role } from './permissions';
import { recordAudit } from './record-audit.server';
import { hashPassword, newSecret, sha256 } from './secrets.server';
import type { User } from './user-schema';
import { assertCan, type Viewer } from './viewer';

const INVITE_DAYS = 7;

/** Makes a member with a password (set-up, command line, environment). @throws AppError `conflict` when the address is taken. */
export async function createUser({
  viewer,
  email,
  name,
  role,
  password,
  now,
}: {
  viewer: Viewer;
  email: string;
  name: string;
  role: Role;
  password: string;
  now: Date;
}): Promise<User> {
  assertCan(viewer, 'admin');
  const passwordHash = await hashPassword(password);
  return getDb().$transaction(async (tx) => {
    await assertFree(tx, email);
    const user = await tx.user.create({ data: { id: randomUUID(), email, name, role, passwordHash, createdAt: now } });
    await recordAudit({ viewer, action: 'user.create', target: email, data: { role } }, tx);
    return toUser(user);
  });
}

/** Invites a member: the returned path is shown once and lets them choose a password within seven days. */
export async function inviteUser({
  viewer,
  email,
  name,
  role,
  now,
}: {
  viewer: Viewer;
  email: string;
  name: string;
  role: Role;
  now: Date;
}): Promise<User & { invite_path: string }> {
  assertCan(viewer, 'admin');
  const secret = newSecret();
  return getDb().$transaction(async (tx) => {
    await assertFree(tx, email);
    const user = await tx.user.create({
      data: {
        id: randomUUID(),
        email,
        name,
        role,
        createdAt: now,
        inviteHash: sha256(secret),
        inviteUntil: new Date(now.getTime() + INVITE_DAYS * DAY_MS),
      },
    });
    await recordAudit({ viewer, action: 'user.invite', target: email, data: { role } }, tx);
    return { ...toUser(user), invite_path: `/invite?token=${secret}` };
  });
}

async function assertFree(tx: Tx, email: string): Promise<void> {
  if (await tx.user.findUnique({ where: { email } }))
    throw new AppError('conflict', `There is already a member with the address ${email}.`);
}
