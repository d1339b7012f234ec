import type { Evidence } from '../search/match-schema';
import type { FixVerdict } from './fix-verdict';

/** A fix made from an entry for another issue. */
export interface TransferFact {
  issueId: string;
  service: string;
  verdict: FixVerdict;
  /** That issue is the same failure as the one asked for. */
  samePattern: boolean;
}

/** How likely the answer of one issue is that of another of its pattern, by what became of it there. */
const CHANCE: Record<FixVerdict, number> = { held: 0.85, watching: 0.7, inconclusive: 0.6, recurred: 0.3 };
const SHOWN = 3;

/** Chance that an entry is the answer because it was that of the same failure elsewhere; 0 where it was not. */
export const transferred = (fixes: readonly TransferFact[]): number =>
  Math.max(0, ...fixes.filter((fix) => fix.samePattern).map((fix) => CHANCE[fix.verdict]));

/** "Fixed in orders (SHOP-3, held), first time in billing"; null where this service has used it before, or nobody has. */
export function transferEvidence(fixes: readonly TransferFact[], service: string): Evidence | null {
  if (fixes.length === 0) return null;
  const isFirst = fixes.every((fix) => fix.service !== service);
  const same = fixes.filter((fix) => fix.samePattern);
  if (!isFirst && same.length === 0) return null;
  const told = (same.length > 0 ? same : fixes).slice(0, SHOWN);
  const matched = told.map(({ service: where, issueId, verdict }) => `fixed in ${where} (${issueId}, ${verdict})`);
  return {
    kind: 'transfer',
    matched: isFirst ? [...matched, `first time in ${service}`] : matched,
    field: null,
    points: Math.round(transferred(fixes) * 100) / 100,
  };
}
