import type { z } from 'zod';
import { getDb } from '../db/client.server';
import { AppError, notFound } from '../errors';
import { toUser } from './list-users.server';
import { recordAudit } from './record-audit.server';
import { hashPassword, sha256, verifyPassword } from './secrets.server';
import type { acceptInviteSchema, accountUpdateSchema, User, userUpdateSchema } from './user-schema';
import { assertCan, type Viewer } from './viewer';

/** Changes a member's role or name, or disables them. The last working admin stays one. */
export async function updateUser({
  viewer,
  userId,
  changes,
  now,
}: {
  viewer: Viewer;
  userId: string;
  changes: z.output<typeof userUpdateSchema>;
  now: Date;
}): Promise<User> {
  assertCan(viewer, 'admin');
  return getDb().$transaction(async (tx) => {
    // Two admins demoting each other at once must not both succeed.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('errata.admins'))`;
    const user = await tx.user.findUnique({ where: { id: userId } });
    if (!user) throw notFound('member', userId);
    const losesAdmin =
      user.role === 'admin' && !user.disabledAt && ((changes.role && changes.role !== 'admin') || changes.disabled);
    if (
      losesAdmin &&
      (await tx.user.count({ where: { role: 'admin', disabledAt: null, id: { not: userId } } })) === 0
    ) {
      throw new AppError('conflict', `${user.name} is the only admin. Make somebody else an admin first.`);
    }
    const updated = await tx.user.update({
      where: { id: userId },
      data: {
        role: changes.role,
        name: changes.name,
        disabledAt: changes.disabled === undefined ? undefined : changes.disabled ? (user.disabledAt ?? now) : null,
        ...(changes.disabled ? { sessionEpoch: { increment: 1 } } : {}),
      },
    });
    await recordAudit({ viewer, action: 'user.update', target: user.email, data: changes }, tx);
    return toUser(updated);
  });
}

/** Changes one's own name or password. A new password ends all other sessions. */
export async function updateAccount({
  viewer,
  changes,
}: {
  viewer: Viewer;
  changes: z.output<typeof accountUpdateSchema>;
}): Promise<User> {
  const user = viewer.userId ? await getDb().user.findUnique({ where: { id: viewer.userId } }) : null;
  if (!user) throw new AppError('forbidden', 'Only a member has an account; an API token does not.');
  if (
    changes.new_password &&
    user.passwordHash &&
    !(await verifyPassword(changes.current_password ?? '', user.passwordHash))
  ) {
    throw new AppError('validation_failed', 'The current password is not right.', {
      errors: [{ field: 'current_password', message: 'not right' }],
    });
  }
  const updated = await getDb().user.update({
    where: { id: user.id },
    data: {
      name: changes.name,
      ...(changes.new_password
        ? { passwordHash: await hashPassword(changes.new_password), sessionEpoch: { increment: 1 } }
        : {}),
    },
  });
  if (changes.new_password) await recordAudit({ viewer, action: 'user.password', target: user.email });
  return toUser(updated);
}

/** Chooses a password through an invitation. The link works once. */
export async function acceptInvite({
  input,
  now,
}: {
  input: z.output<typeof acceptInviteSchema>;
  now: Date;
}): Promise<User> {
  const passwordHash = await hashPassword(input.password);
  const inviteHash = sha256(input.token);
  const taken = await getDb().user.updateManyAndReturn({
    where: { inviteHash, inviteUntil: { gt: now }, disabledAt: null },
    data: { passwordHash, inviteHash: null, inviteUntil: null, ...(input.name ? { name: input.name } : {}) },
  });
  const user = taken[0];
  if (!user) throw new AppError('gone', 'This invitation has been used or has run out. Ask an admin for a new one.');
  return toUser(user);
}
