export const MODEL_OUTCOMES = ['answered', 'unusable', 'timed_out', 'refused', 'failed'] as const;
export type ModelOutcome = (typeof MODEL_OUTCOMES)[number];

/** After so many failures in a row the model is left alone for a while: a pass does not wait for each draft in turn. */
const FAILURES = 3;
const REST_MS = 10 * 60_000;

/** Whether the model may be asked now; else why not. `recent` is latest first. */
export function mayAskModel(
  { today, budget, recent }: { today: number; budget: number; recent: readonly { outcome: ModelOutcome; at: Date }[] },
  now: Date,
): { ok: true } | { ok: false; why: string } {
  if (today >= budget) return { ok: false, why: `The budget of ${budget} questions a day is used up.` };
  const last = recent.slice(0, FAILURES);
  const isDown =
    last.length === FAILURES && last.every(({ outcome }) => outcome !== 'answered' && outcome !== 'unusable');
  const latest = last[0]?.at.getTime() ?? 0;
  if (isDown && now.getTime() - latest < REST_MS)
    return { ok: false, why: `It failed ${FAILURES} times in a row; it is asked again in ten minutes.` };
  return { ok: true };
}
