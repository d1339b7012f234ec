import type { Evidence } from './match-schema';

/** What people decided and what time showed about an entry as an answer. */
export const FEEDBACK_KINDS = ['accepted', 'rejected', 'helped', 'unhelped', 'held', 'recurred'] as const;
export type FeedbackKind = (typeof FEEDBACK_KINDS)[number];

/** So many times of one kind; `near`: about the same service or the same pattern as the error that is asked for. */
export interface FeedbackCount {
  kind: FeedbackKind;
  /** Of a rejection: `wrong_cause`, … */
  reason: string | null;
  near: boolean;
  count: number;
}

/** Log-odds that the first one of a kind is worth; each further one is worth less. */
const WEIGHT: Record<FeedbackKind, number> = {
  accepted: 0.2,
  helped: 0.35,
  held: 0.25,
  rejected: -0.35,
  unhelped: -0.5,
  recurred: -0.35,
};
/** Reasons that say more than that it was not wanted here. */
const REASON_WEIGHT: Record<string, number> = { wrong_cause: -0.6, unsafe: -0.8, outdated: -0.6 };
/** Said about another service it counts so much. */
const FAR = 0.4;
/** Feedback never outweighs what the error itself says. */
const BOUNDS = { least: -1.6, most: 0.9 } as const;

/** How much more (or less) likely the entry is for what was said about it, in log-odds. Bounded. */
export function feedbackShift(counts: readonly FeedbackCount[]): number {
  let sum = 0;
  for (const { kind, reason, near, count } of counts) {
    const weight = (kind === 'rejected' && reason !== null ? REASON_WEIGHT[reason] : undefined) ?? WEIGHT[kind];
    sum += weight * (near ? 1 : FAR) * Math.log2(1 + count);
  }
  return Math.max(BOUNDS.least, Math.min(BOUNDS.most, sum));
}

const logistic = (odds: number): number => 1 / (1 + Math.exp(-odds));
const logit = (chance: number): number => Math.log(chance / (1 - chance));
const inside = (chance: number): number => Math.min(0.99, Math.max(0.001, chance));

/** A chance moved by log-odds. */
export const shifted = (chance: number, shift: number): number =>
  shift === 0 ? chance : Math.round(inside(logistic(logit(inside(chance)) + shift)) * 1000) / 1000;

/** Why the rank moved, in words: "rejected twice as wrong cause". Null where nothing was said. */
export function feedbackEvidence(counts: readonly FeedbackCount[], shift: number): Evidence | null {
  if (Math.abs(shift) < 0.05) return null;
  const lowers = shift < 0;
  const told = summed(counts).filter(({ kind }) => WEIGHT[kind] < 0 === lowers);
  if (told.length === 0) return null;
  return { kind: 'feedback', matched: told.map(inWords), field: null, points: Math.round(shift * 100) / 100 };
}

function summed(counts: readonly FeedbackCount[]): Omit<FeedbackCount, 'near'>[] {
  const sums = new Map<string, Omit<FeedbackCount, 'near'>>();
  for (const { kind, reason, count } of counts) {
    const key = `${kind} ${reason ?? ''}`;
    sums.set(key, { kind, reason, count: count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()].sort((a, b) => b.count - a.count);
}

const WORDS: Record<FeedbackKind, string> = {
  accepted: 'accepted',
  rejected: 'rejected',
  helped: 'fixed it',
  unhelped: 'did not help',
  held: 'held',
  recurred: 'recurred',
};

const inWords = ({ kind, reason, count }: Omit<FeedbackCount, 'near'>): string => {
  const times = count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
  return `${WORDS[kind]} ${times}${reason ? ` as ${reason.replaceAll('_', ' ')}` : ''}`;
};

/** Decisions that weigh as much as the model's own word. */
const PRIOR = 25;
const MOST_SHIFT = 0.7;

/**
 * By how much all confidences are off here, in log-odds: from how sure matching was of the suggestions that reviewers
 * decided and how many of them they accepted. Nothing for few decisions; bounded.
 */
export function calibrationShift(decisions: readonly { confidence: number; accepted: boolean }[]): number {
  if (decisions.length === 0) return 0;
  const said = decisions.reduce((sum, one) => sum + one.confidence, 0) / decisions.length;
  const accepted = decisions.filter((one) => one.accepted).length;
  const was = (accepted + PRIOR * said) / (decisions.length + PRIOR);
  const shift = logit(inside(was)) - logit(inside(said));
  return Math.round(Math.max(-MOST_SHIFT, Math.min(MOST_SHIFT, shift)) * 100) / 100;
}
