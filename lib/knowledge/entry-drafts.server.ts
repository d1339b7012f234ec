import type { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import type { Prisma } from '../db/generated/client';
import { AppError } from '../errors';
import type { draftInputSchema, ServerDraft } from './draft-schema';
import { storable } from './storable-text';

interface Call {
  viewer: Viewer;
  entryKey: string;
}

/** The viewer's unsaved words about an entry; null without any. Nobody sees another's. */
export async function getDraft({ viewer, entryKey }: Call): Promise<ServerDraft | null> {
  assertCan(viewer, 'write');
  if (viewer.userId === null) return null;
  const row = await getDb().entryDraft.findUnique({ where: { userId_entryKey: { userId: viewer.userId, entryKey } } });
  return (
    row && {
      version: row.version,
      content: row.content as Record<string, unknown>,
      saved_at: row.savedAt.toISOString(),
    }
  );
}

/** @throws AppError `conflict` for a token: only members have drafts. */
export async function putDraft({
  viewer,
  entryKey,
  draft,
  now,
}: Call & { draft: z.output<typeof draftInputSchema>; now: Date }): Promise<{ saved_at: string }> {
  assertCan(viewer, 'write');
  if (viewer.userId === null) throw new AppError('conflict', 'Only members keep drafts; this is an API token.');
  const words = { version: draft.version, content: storable(draft.content) as Prisma.InputJsonObject, savedAt: now };
  await getDb().entryDraft.upsert({
    where: { userId_entryKey: { userId: viewer.userId, entryKey } },
    create: { userId: viewer.userId, entryKey, ...words },
    update: words,
  });
  return { saved_at: now.toISOString() };
}

export async function deleteDraft({ viewer, entryKey }: Call): Promise<void> {
  assertCan(viewer, 'write');
  if (viewer.userId !== null) await getDb().entryDraft.deleteMany({ where: { userId: viewer.userId, entryKey } });
}
