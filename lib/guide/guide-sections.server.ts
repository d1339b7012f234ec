import GithubSlugger from 'github-slugger';
import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import type { GuideSectionModel } from '../db/generated/models';
import { AppError, notFound } from '../errors';
import { storable } from '../knowledge/storable-text';
import { type GuideSection, type GuideSectionInput, slugSchema } from './guide-schema';
import { publishAfterChange } from './publish-queue.server';

export const toSection = (row: GuideSectionModel): GuideSection => ({
  slug: row.slug,
  title: row.title,
  body: row.body,
  position: row.position,
  version: row.version,
  updated_at: row.updatedAt.toISOString(),
  updated_by: row.updatedBy,
});

interface Call {
  viewer: Viewer;
  now: Date;
  ip?: string;
}

/** All sections in the order of the guide. */
export async function listGuideSections({ viewer }: { viewer: Viewer }): Promise<GuideSection[]> {
  assertCan(viewer, 'read');
  const rows = await getDb().guideSection.findMany({ orderBy: [{ position: 'asc' }, { slug: 'asc' }] });
  return rows.map(toSection);
}

/** @throws AppError `not_found`. */
export async function getGuideSection({ viewer, slug }: { viewer: Viewer; slug: string }): Promise<GuideSection> {
  assertCan(viewer, 'read');
  const row = await getDb().guideSection.findUnique({ where: { slug } });
  if (!row) throw notFound('guide section', slug);
  return toSection(row);
}

/** A new section at the end, unless a position is given; its slug follows from the title unless given. @throws AppError `conflict`. */
export async function createGuideSection({
  viewer,
  input,
  now,
  ip,
}: Call & { input: { slug?: string; title: string; body: string; position?: number } }): Promise<GuideSection> {
  assertCan(viewer, 'write');
  return getDb().$transaction(async (tx) => {
    const slug = input.slug ?? (await freeSlug(tx, input.title));
    if (input.slug && (await tx.guideSection.findUnique({ where: { slug }, select: { slug: true } })))
      throw new AppError('conflict', `There is a guide section "${slug}" already.`);
    return insertSection(tx, { viewer, slug, input, now, ip });
  });
}

/**
 * Replaces a section, or makes it.
 * @throws AppError `version_conflict` with `current_version` when it moved on from `version`; `not_found` when it should
 * have had a version but is gone.
 */
export async function putGuideSection({
  viewer,
  slug,
  input,
  version,
  now,
  ip,
}: Call & { slug: string; input: GuideSectionInput; version?: number }): Promise<GuideSection> {
  assertCan(viewer, 'write');
  return getDb().$transaction(async (tx) => {
    const row = await tx.guideSection.findUnique({ where: { slug } });
    if (!row && version !== undefined) throw notFound('guide section', slug);
    if (!row) {
      const checked = slugSchema.safeParse(slug);
      if (!checked.success) throw new AppError('validation_failed', `slug: ${checked.error.issues[0]?.message}`);
      return insertSection(tx, { viewer, slug, input, now, ip });
    }
    const { title, body, position = row.position } = storable(input);
    if (version !== undefined && version !== row.version) throw sectionConflict(row);
    if (title === row.title && body === row.body && position === row.position) return toSection(row);
    const { count } = await tx.guideSection.updateMany({
      where: { slug, version: row.version },
      data: { title, body, position, version: row.version + 1, updatedAt: now, updatedBy: viewer.name },
    });
    const after = await tx.guideSection.findUnique({ where: { slug } });
    if (!after) throw notFound('guide section', slug);
    if (count === 0) throw sectionConflict(after);
    await publishAfterChange(now, tx);
    await recordAudit({ viewer, action: 'guide.update', target: slug, data: { version: after.version }, ip }, tx);
    return toSection(after);
  });
}

/** The audit log keeps the words, for they have no revisions. @throws AppError `not_found`. */
export async function deleteGuideSection({ viewer, slug, ip }: Omit<Call, 'now'> & { slug: string }): Promise<void> {
  assertCan(viewer, 'review');
  await getDb().$transaction(async (tx) => {
    const row = await tx.guideSection.findUnique({ where: { slug } });
    if (!row) throw notFound('guide section', slug);
    await tx.guideSection.deleteMany({ where: { slug } });
    await publishAfterChange(undefined, tx);
    await recordAudit(
      { viewer, action: 'guide.delete', target: slug, data: { title: row.title, body: row.body }, ip },
      tx,
    );
  });
}

async function insertSection(
  tx: Tx,
  { viewer, slug, input, now, ip }: Call & { slug: string; input: { title: string; body: string; position?: number } },
): Promise<GuideSection> {
  const last = await tx.guideSection.aggregate({ _max: { position: true } });
  const { title, body } = storable(input);
  const position = input.position ?? (last._max.position ?? 0) + 1;
  const row = await tx.guideSection.create({
    data: { slug, title, body, position, updatedAt: now, updatedBy: viewer.name },
  });
  await publishAfterChange(now, tx);
  await recordAudit({ viewer, action: 'guide.create', target: slug, data: { title }, ip }, tx);
  return toSection(row);
}

async function freeSlug(tx: Tx, title: string): Promise<string> {
  const taken = await tx.guideSection.findMany({ select: { slug: true } });
  const slugger = new GithubSlugger();
  for (const { slug } of taken) slugger.slug(slug);
  const slug = slugger.slug(title.slice(0, 80)).replace(/[^\p{L}\p{N}_-]+/gu, '');
  return slug || slugger.slug('section');
}

const sectionConflict = (row: { slug: string; version: number }): AppError =>
  new AppError(
    'version_conflict',
    `The section "${row.slug}" was changed by somebody else meanwhile; it is at version ${row.version} now. Read it again and repeat the change.`,
    { extra: { current_version: row.version } },
  );
