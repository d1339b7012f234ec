import type { Rollup } from '../issues/rollups';

/** What events can be split by over time. */
export const TREND_SPLITS = ['service', 'type', 'level', 'environment', 'release'] as const;
export type TrendSplit = (typeof TREND_SPLITS)[number];

/** The rollup that knows what is asked for, and where: SQL over its rows as `h`. */
export function trendSource(by: TrendSplit): { rollup: Rollup; key: string; where: string } {
  if (by === 'type' || by === 'release') return { rollup: 'facet', key: 'h.key', where: `h.facet = '${by}'` };
  return { rollup: 'project', key: `h.${by}`, where: 'true' };
}
