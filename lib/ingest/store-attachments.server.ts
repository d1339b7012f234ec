import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { env } from '../env.server';
import type { Attachment } from './read-envelope';

export interface AttachmentStore {
  /** @throws when the disk or the database does not take it. */
  store(projectId: number, eventId: string, attachment: Attachment, receivedAt: Date): Promise<void>;
}

const INSERT = `
  INSERT INTO event_attachment (project_id, event_id, filename, content_type, kind, size, sha256, received_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`;

/** The folder of all attachments, as the environment says. */
export const attachmentsFolder = (): string => join(env().ERRATA_DATA_DIR ?? '.errata', 'attachments');

/** Where the bytes of an attachment lie below the attachments' folder. */
export const attachmentPath = (folder: string, projectId: number, sha256: string): string =>
  join(folder, String(projectId), sha256.slice(0, 2), sha256);

/** Whole or not at all: written beside its place, flushed, then moved there. The same bytes are kept once. */
async function writeOnce(path: string, bytes: Buffer): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there?.size === bytes.length) return;
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Keeps attachments as files in `folder`, named by their content, with what is known of them in the database. */
export function createAttachmentStore(pool: Pool, folder: string): AttachmentStore {
  return {
    async store(projectId, eventId, { filename, contentType, kind, bytes }, receivedAt) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await writeOnce(attachmentPath(folder, projectId, sha256), bytes);
      await pool.query(INSERT, [projectId, eventId, filename, contentType, kind, bytes.length, sha256, receivedAt]);
    },
  };
}
