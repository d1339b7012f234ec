import { readFile } from 'node:fs/promises';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { notFound } from '../errors';
import { parseEventIdentifier } from './normalize-event';
import { attachmentPath, attachmentsFolder } from './store-attachments.server';

interface AttachmentColumns {
  project_id: number;
  filename: string;
  sha256: string;
}

/** The bytes of an event's attachment, and a name that is safe in a header. @throws AppError `not_found`. */
export async function readAttachment({
  viewer,
  eventId,
  attachmentId,
}: {
  viewer: Viewer;
  eventId: string;
  attachmentId: string;
}): Promise<{ bytes: Uint8Array<ArrayBuffer>; filename: string }> {
  assertCan(viewer, 'read');
  const id = parseEventIdentifier(eventId);
  const missing = notFound('attachment', attachmentId);
  if (!id || !/^\d{1,18}$/.test(attachmentId)) throw missing;
  const { rows } = await getPool().query<AttachmentColumns>(
    `SELECT a.project_id, a.filename, a.sha256 FROM project p
     JOIN event_attachment a ON a.project_id = p.id AND a.event_id = $1::uuid AND a.id = $2`,
    [id, attachmentId],
  );
  const row = rows[0];
  const bytes =
    row && (await readFile(attachmentPath(attachmentsFolder(), row.project_id, row.sha256)).catch(() => null));
  if (!row || !bytes) throw missing;
  return { bytes: new Uint8Array(bytes), filename: row.filename.replace(/[^\w.-]/g, '_').slice(0, 120) };
}
