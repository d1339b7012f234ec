import { getPool } from '../db/client.server';
import type { EventDetail } from './issue-schema';

type Companions = Pick<EventDetail, 'feedback' | 'attachments'>;

/** What came with an event: files, and what people wrote about it. */
export async function eventCompanions(projectId: number, eventId: string): Promise<Companions> {
  const [files, notes] = await Promise.all([
    getPool().query<{ id: string; filename: string; content_type: string; size: number }>(
      `SELECT id, filename, content_type, size FROM event_attachment
       WHERE project_id = $1 AND event_id = $2::uuid ORDER BY id LIMIT 100`,
      [projectId, eventId],
    ),
    getPool().query<{ name: string; email: string; message: string; url: string; at: Date }>(
      `SELECT name, email, message, url, at FROM user_feedback
       WHERE project_id = $1 AND event_id = $2::uuid ORDER BY at DESC, id LIMIT 100`,
      [projectId, eventId],
    ),
  ]);
  return {
    attachments: files.rows,
    feedback: notes.rows.map((note) => ({ ...note, at: note.at.toISOString() })),
  };
}
