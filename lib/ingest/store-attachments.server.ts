import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from '../env.server';
import { writeWhole } from '../write-whole.server';
import type { Attachment } from './read-envelope';

/** The folder of all attachments, as the environment says. */
export const attachmentsFolder = (): string => join(env().ERRATA_DATA_DIR ?? '.errata', 'attachments');

/** Where the bytes of an attachment lie below the attachments' folder. */
export const attachmentPath = (folder: string, projectId: number, sha256: string): string =>
  join(folder, String(projectId), sha256.slice(0, 2), sha256);

/** The same bytes are kept once. */
async function writeOnce(path: string, bytes: Buffer): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there?.size !== bytes.length) await writeWhole(path, bytes);
}

/** What the database knows of a file: a row of `event_attachment`. */
export type AttachmentRow = Record<
  'event_id' | 'filename' | 'content_type' | 'kind' | 'sha256' | 'received_at',
  string
> &
  Record<'project_id' | 'size', number>;

/**
 * Keeps the bytes of an attachment as a file in `folder`, named by their content.
 * @returns the row that says whose they are, still to be stored. @throws when the disk does not take them.
 */
export async function keepAttachment(
  folder: string,
  { projectId, eventId, receivedAt }: { projectId: number; eventId: string; receivedAt: Date },
  { filename, contentType, kind, bytes }: Attachment,
): Promise<AttachmentRow> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await writeOnce(attachmentPath(folder, projectId, sha256), bytes);
  return {
    project_id: projectId,
    event_id: eventId,
    filename,
    content_type: contentType,
    kind,
    size: bytes.length,
    sha256,
    received_at: receivedAt.toISOString(),
  };
}
