import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import type { LearningPass as PassRow } from '../db/generated/client';
import { notFound } from '../errors';
import { decodeCursor, type Page, type PageQuery, toPage } from '../http/pagination';
import { type LearningPass, passProgressSchema } from './learning-schema';

const cursorSchema = z.tuple([z.string().regex(/^\d{1,18}$/)]);

/** Learning passes, latest first. */
export async function listPasses({ viewer, page }: { viewer: Viewer; page: PageQuery }): Promise<Page<LearningPass>> {
  assertCan(viewer, 'read');
  const after = decodeCursor(page.cursor, cursorSchema);
  const rows = await getDb().learningPass.findMany({
    where: after ? { id: { lt: BigInt(after[0]) } } : {},
    orderBy: { id: 'desc' },
    take: page.limit + 1,
  });
  return toPage(rows, page.limit, (row) => [String(row.id)], toPass);
}

/** @throws AppError `not_found`. */
export async function getPass({ viewer, passId }: { viewer: Viewer; passId: string }): Promise<LearningPass> {
  assertCan(viewer, 'read');
  const row = await getDb().learningPass.findUnique({ where: { id: BigInt(passId) } });
  if (!row) throw notFound('learning pass', passId);
  return toPass(row);
}

const toPass = (row: PassRow): LearningPass => ({
  id: String(row.id),
  trigger: row.trigger as LearningPass['trigger'],
  status: row.status as LearningPass['status'],
  progress: passProgressSchema.parse(row.progress),
  error: row.error,
  created_at: row.createdAt.toISOString(),
  started_at: row.startedAt?.toISOString() ?? null,
  finished_at: row.finishedAt?.toISOString() ?? null,
});
