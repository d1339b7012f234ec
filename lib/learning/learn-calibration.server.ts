import { getDb, getPool } from '../db/client.server';
import { CALIBRATION_KEY } from '../search/load-feedback.server';
import { calibrationShift } from '../search/match-feedback';

/** Latest decisions that are looked at: a workspace changes. */
const DECISIONS = 500;

/** Learns from the decisions of reviewers by how much confidences are off here, and keeps it where matching reads it. */
export async function learnCalibration(): Promise<{ shift: number; decisions: number }> {
  const { rows } = await getPool().query<{ confidence: number; accepted: boolean }>(
    `SELECT confidence, status = 'accepted' AS accepted FROM suggestion
     WHERE kind = 'match' AND status IN ('accepted', 'rejected') ORDER BY decided_at DESC NULLS LAST LIMIT ${DECISIONS}`,
  );
  const value = { shift: calibrationShift(rows), decisions: rows.length };
  await getDb().setting.upsert({
    where: { key: CALIBRATION_KEY },
    create: { key: CALIBRATION_KEY, value },
    update: { value },
  });
  return value;
}
