import type { z } from 'zod';
import type { Viewer } from '../auth/viewer';
import { listPrevention } from '../knowledge/list-prevention.server';
import type { AnalyticsScope } from './analytics-scope';
import type { preventionDebtSchema } from './review-analytics-schema';

/** What was decided against errors and is not done, at the end of the period; over all entries, which belong to no project. */
export async function preventionDebt({
  viewer,
  scope,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
}): Promise<z.infer<typeof preventionDebtSchema>> {
  const { totals } = await listPrevention({ viewer, query: { status: 'open', limit: 1 }, now: scope.range.to });
  return totals;
}
