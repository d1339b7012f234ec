import { createHash } from 'node:crypto';
import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { AppError } from '../errors';
import { getSettings } from '../settings/settings.server';
import { storedContent } from './entry-dto';
import { keepPictures } from './entry-images.server';
import { entryId } from './entry-words';
import { type PackedHere, type PlannedPackEntry, planPackEntry } from './pack-plan';
import type { AppliedPack, PackReport } from './pack-schema';
import { type Pack, readPack } from './read-pack';
import { readZipPictures } from './read-zip';
import { storable } from './storable-text';
import { type Author, authorOf, currentEntry, insertEntry, stateOf, writeRevision } from './write-entry.server';

export interface PackCall {
  viewer: Viewer;
  bytes: Uint8Array;
  /** File or address it came from. */
  source: string;
  dryRun: boolean;
  /** Publish the new entries; else they are drafts. */
  publish: boolean;
  /** Of the archive whose changes were shown. */
  digest?: string;
  now: Date;
  ip?: string;
}

/**
 * Shows what a pack would change, or applies it. What was edited here since the pack was last applied stays as it is.
 * @throws AppError `bad_request` for what is no pack; `conflict` when it is another one than was shown.
 */
export async function applyPack(call: PackCall): Promise<PackReport> {
  const { viewer, bytes, dryRun, now } = call;
  assertCan(viewer, 'review');
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (!dryRun && call.digest !== undefined && call.digest !== digest)
    throw new AppError('conflict', 'The pack is not the one whose changes were shown. Look at it again.');
  const pack = readPack(bytes);
  if (!dryRun) await keepPictures(viewer, readZipPictures(bytes), now);
  return getDb().$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('errata.import'))`;
      const before = await tx.pack.findUnique({ where: { name: pack.info.name } });
      const planned = await plan(tx, pack);
      if (!dryRun) await write(tx, pack, planned, call);
      return {
        ...{ dry_run: dryRun, digest, pack: pack.info, applied_version: before?.version ?? null },
        entries: planned.map(({ diff }) => diff),
      };
    },
    { timeout: 120_000, maxWait: 30_000 },
  );

  async function write(tx: Tx, { info }: Pack, planned: PlannedPackEntry[], { source, publish, ip }: PackCall) {
    const { name, version, title, licence } = storable(info);
    const record = { version, title, licence, source, appliedAt: now, appliedBy: viewer.name };
    await tx.pack.upsert({ where: { name }, create: { name, ...record }, update: record });
    const fourEyes = (await getSettings(tx)).four_eyes;
    const author = authorOf(viewer);
    for (const one of planned) await writeOne(tx, one, { name, version, author, publish, fourEyes, now });
    const data = { version, entries: planned.length };
    await recordAudit({ viewer, action: 'knowledge.pack', target: name, data, ip }, tx);
  }
}

async function plan(tx: Tx, pack: Pack): Promise<PlannedPackEntry[]> {
  const rows = await tx.packEntry.findMany({ where: { packName: pack.info.name } });
  const ids = rows.flatMap(({ entryId: id }) => id ?? []);
  const entries = await tx.entry.findMany({ where: { id: { in: ids } }, select: { id: true, content: true } });
  const contents = new Map(entries.map(({ id, content }) => [id, storedContent(content)]));
  const here = new Map(
    rows.map(({ key, entryId: id, base }): [string, PackedHere | 'deleted'] => {
      const content = id === null ? undefined : contents.get(id);
      return [key, id !== null && content ? { id: entryId(id), base: storedContent(base), content } : 'deleted'];
    }),
  );
  return pack.entries.map((entry) => planPackEntry(entry, here.get(entry.key) ?? null));
}

interface Writing {
  name: string;
  version: string;
  author: Author;
  publish: boolean;
  fourEyes: boolean;
  now: Date;
}

async function writeOne(tx: Tx, { diff, pack, content }: PlannedPackEntry, writing: Writing): Promise<void> {
  const { name, version, author, publish, fourEyes, now } = writing;
  if (!pack || diff.action === 'deleted') return;
  const reason = `From the pack ${name} ${version}`;
  const base = storable(pack);
  const where = { packName_key: { packName: name, key: diff.key } };
  if (diff.action === 'new' && content) {
    const status = publish ? (fourEyes ? 'in_review' : 'published') : 'draft';
    const source = { document: `${name} ${version}`, heading: diff.key, line: null };
    const id = await insertEntry(tx, {
      ...{ content, status, origin: 'import', action: 'imported', reason, author, source, now },
    });
    diff.id = entryId(id);
    await tx.packEntry.create({ data: { packName: name, key: diff.key, entryId: id, base } });
    return;
  }
  if (content && diff.id) {
    const before = await currentEntry(tx, diff.id);
    const state = stateOf(before);
    await writeRevision(tx, before, {
      ...{ content, action: 'imported', reason, author, now },
      state: {
        ...state,
        status: fourEyes && state.status === 'published' ? 'in_review' : state.status,
        nextReview: content.next_review,
      },
    });
  }
  await tx.packEntry.update({ where, data: { base } });
}

/** Packs that were applied, the latest first. */
export async function listPacks({ viewer }: { viewer: Viewer }): Promise<AppliedPack[]> {
  assertCan(viewer, 'read');
  const rows = await getDb().pack.findMany({
    orderBy: { appliedAt: 'desc' },
    include: { _count: { select: { entries: true } } },
  });
  return rows.map((row) => ({
    ...{ name: row.name, version: row.version, title: row.title, licence: row.licence, source: row.source },
    ...{ applied_at: row.appliedAt.toISOString(), applied_by: row.appliedBy, entries: row._count.entries },
  }));
}
