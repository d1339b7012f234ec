import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Feedback } from './protocols/sentry-reports';

const INSERT = `
  INSERT INTO user_feedback (project_id, id, event_id, name, email, message, url, environment, release, at, received_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`;

/** Stores what somebody wrote; the same once more is ignored. It belongs to the issue of its event, once that is there. */
export async function storeFeedback(
  pool: Pool,
  projectId: number,
  feedback: Feedback,
  receivedAt: Date,
): Promise<void> {
  const { id, eventId, name, email, message, url, environment, release, at } = feedback;
  await pool.query(INSERT, [
    projectId,
    id ?? randomUUID(),
    eventId,
    name,
    email,
    message,
    url,
    environment,
    release,
    at,
    receivedAt,
  ]);
}
