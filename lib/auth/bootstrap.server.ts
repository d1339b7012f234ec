import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import { getDb } from '../db/client.server';
import { env } from '../env.server';
import { AppError } from '../errors';
import { createProject } from '../projects/create-project.server';
import type { ProjectDto } from '../projects/project-schema';
import { createUser } from './create-user.server';
import { hashPassword, newSecret, sha256 } from './secrets.server';
import { emailSchema, passwordSchema, type setupInputSchema } from './user-schema';
import { systemViewer } from './viewer';

const SETUP_KEY = 'auth.setup_token_hash';

/** Whether somebody can administer this Errata already. */
export const hasAdmin = async (): Promise<boolean> =>
  (await getDb().user.count({ where: { role: 'admin', disabledAt: null, passwordHash: { not: null } } })) > 0;

/**
 * At every start. With `ERRATA_ADMIN_EMAIL` and `ERRATA_ADMIN_PASSWORD` makes the first admin and project; otherwise, while
 * there is no admin, makes a fresh one-time set-up link. An admin that exists is never changed.
 * @returns path of the set-up page with its token, or null when there is nothing to set up.
 */
export async function ensureBootstrap(now: Date): Promise<{ setupUrlPath: string | null }> {
  if (await hasAdmin()) return { setupUrlPath: null };
  const { ERRATA_ADMIN_EMAIL, ERRATA_ADMIN_PASSWORD, PORT, ERRATA_PUBLIC_URL } = env();
  if (ERRATA_ADMIN_EMAIL && ERRATA_ADMIN_PASSWORD) {
    const email = emailSchema.safeParse(ERRATA_ADMIN_EMAIL);
    const password = passwordSchema.safeParse(ERRATA_ADMIN_PASSWORD);
    if (!email.success) throw new Error('ERRATA_ADMIN_EMAIL: expected an e-mail address');
    if (!password.success) throw new Error('ERRATA_ADMIN_PASSWORD: expected at least 10 characters');
    const viewer = systemViewer('Environment');
    await createUser({
      viewer,
      email: email.data,
      name: email.data.split('@')[0] ?? 'Admin',
      role: 'admin',
      password: password.data,
      now,
    });
    await ensureDefaultProject(ERRATA_PUBLIC_URL ?? `http://localhost:${PORT}`);
    return { setupUrlPath: null };
  }
  const token = newSecret();
  await getDb().setting.upsert({
    where: { key: SETUP_KEY },
    create: { key: SETUP_KEY, value: sha256(token) },
    update: { value: sha256(token) },
  });
  return { setupUrlPath: `/setup?token=${token}` };
}

/** The project that keyless capture goes to; made when there is none at all. */
export async function ensureDefaultProject(origin: string): Promise<void> {
  if ((await getDb().project.count({ where: { demo: false } })) > 0) return;
  await createProject({ viewer: systemViewer(), name: 'Default', slug: 'default', origin });
}

/** Whether the set-up link in hand is the current one. */
export async function isSetupTokenValid(token: string): Promise<boolean> {
  const row = await getDb().setting.findUnique({ where: { key: SETUP_KEY } });
  const stored = Buffer.from(typeof row?.value === 'string' ? row.value : '');
  const given = Buffer.from(sha256(token));
  return stored.length === given.length && timingSafeEqual(stored, given);
}

/** The set-up page: the first admin and the first project, in one transaction's worth of trust. The link works once. */
export async function setUp({
  input,
  origin,
  now,
}: {
  input: z.output<typeof setupInputSchema>;
  origin: string;
  now: Date;
}): Promise<{ project: ProjectDto }> {
  if (!(await isSetupTokenValid(input.token))) {
    throw new AppError(
      'gone',
      'This set-up link has been used or is not the newest one. Restart Errata to get a new link, or sign in.',
    );
  }
  const passwordHash = await hashPassword(input.password);
  await getDb().$transaction(async (tx) => {
    const used = await tx.setting.deleteMany({ where: { key: SETUP_KEY, value: { equals: sha256(input.token) } } });
    if (used.count === 0) throw new AppError('gone', 'This set-up link has just been used.');
    await tx.user.create({
      data: { id: randomUUID(), email: input.email, name: input.name, role: 'admin', passwordHash, createdAt: now },
    });
  });
  const project = await createProject({ viewer: systemViewer('Set-up'), name: input.project_name, origin });
  return { project };
}
