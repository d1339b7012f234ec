import { z } from 'zod';
import { getDb } from '../db/client.server';
import { decodeCursor, type Page, type PageQuery, toPage } from '../http/pagination';
import { assertCan, type Viewer } from './viewer';

export const auditLineSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.object({ kind: z.enum(['user', 'token', 'system']), id: z.string().nullable(), name: z.string() }),
  action: z.string(),
  target: z.string(),
  data: z.unknown(),
  ip: z.string().nullable(),
});

/** Who did what, newest first. */
export async function listAudit({
  viewer,
  page,
}: {
  viewer: Viewer;
  page: PageQuery;
}): Promise<Page<z.infer<typeof auditLineSchema>>> {
  assertCan(viewer, 'admin');
  const after = decodeCursor(page.cursor, z.tuple([z.string().regex(/^\d+$/)]));
  const rows = await getDb().auditLog.findMany({
    where: after ? { id: { lt: BigInt(after[0]) } } : {},
    orderBy: { id: 'desc' },
    take: page.limit + 1,
  });
  return toPage(
    rows,
    page.limit,
    (row) => [String(row.id)],
    (row) => ({
      id: String(row.id),
      at: row.at.toISOString(),
      actor: { kind: row.actorKind as 'user' | 'token' | 'system', id: row.actorId, name: row.actorName },
      action: row.action,
      target: row.target,
      data: row.data,
      ip: row.ip,
    }),
  );
}
