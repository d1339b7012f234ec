import type { LearningScore } from './score-schema';

const BINS = 10;

/** Tenths of confidence that hold a decision, and the mean distance between how sure and how often right. */
export function calibrationCurve(
  decisions: readonly { confidence: number; accepted: boolean }[],
): Pick<LearningScore['calibration'], 'bins' | 'error'> {
  const bins: LearningScore['calibration']['bins'] = [];
  let error = 0;
  for (let bin = 0; bin < BINS; bin += 1) {
    const inside = decisions.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin);
    if (inside.length === 0) continue;
    const said = inside.reduce((sum, one) => sum + one.confidence, 0) / inside.length;
    const was = inside.filter((one) => one.accepted).length / inside.length;
    error += (Math.abs(said - was) * inside.length) / decisions.length;
    bins.push({ from: bin / BINS, to: (bin + 1) / BINS, said, was, decisions: inside.length });
  }
  return { bins, error: decisions.length === 0 ? null : error };
}
