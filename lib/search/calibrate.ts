/** What tells a right match from a wrong one, each about 0 to 1. */
export interface MatchSigns {
  /** How much of a line of the entry the error repeats. */
  coverage: number;
  /** Lead over the best other entry, as a share of its own score; negative for one that is not first. */
  margin: number;
  /** How much of the error's message the entry has words for. */
  explained: number;
  /** 1 when it names the error's code or signature where it describes the error, less elsewhere; negative when the error has a code and it names none. */
  named: number;
}

/**
 * Logistic weights, fitted with ridge on public error reports matched against public troubleshooting documents, with and
 * without the right entry present, left-one-project-out. Refit with `bench/match/main.ts --fit` when the score changes.
 */
const WEIGHTS: MatchSigns = { coverage: 4.66, margin: 4.23, explained: 2.89, named: 3.57 };
const BIAS = -4.39;
/** Words alone prove nothing. */
const CERTAIN = 0.99;

/** Chance that a match is right: about four in five of those at 0.8 are. */
export function confidenceOf(signs: MatchSigns): number {
  const sum =
    BIAS +
    WEIGHTS.coverage * signs.coverage +
    WEIGHTS.margin * Math.max(-1, signs.margin) +
    WEIGHTS.explained * signs.explained +
    WEIGHTS.named * signs.named;
  return Math.min(CERTAIN, Math.round((1 / (1 + Math.exp(-sum))) * 1000) / 1000);
}

/** Below this an answer is "I don't know". */
export const MATCH_THRESHOLD = 0.35;
