import type { Tx } from '../db/client.server';
import { CONTENT_ACTIONS } from './write-entry.server';

/** Whoever wrote the words that stand now (a member or a token; null for the system). */
export async function authorOfContent(tx: Tx, number: number): Promise<string | null> {
  const revision = await tx.revision.findFirst({
    where: { entryId: number, action: { in: [...CONTENT_ACTIONS] } },
    orderBy: { version: 'desc' },
    select: { authorId: true },
  });
  return revision?.authorId ?? null;
}

/** Who is told what becomes of an entry: its owner and whoever wrote it last. */
export async function caretakers(tx: Tx, number: number): Promise<(string | null)[]> {
  const [entry, author] = await Promise.all([
    tx.entry.findUnique({ where: { id: number }, select: { ownerId: true } }),
    authorOfContent(tx, number),
  ]);
  return [entry?.ownerId ?? null, author];
}
