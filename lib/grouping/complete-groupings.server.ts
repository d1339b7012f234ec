import type { Pool } from 'pg';
import type { GroupingResult } from './grouping-schema';
import { applyTemplates } from './template-store.server';

export interface UnfinishedGrouping {
  projectId: number;
  grouping: GroupingResult;
  /** Asks the project's rules again, where they ask for hashes and a template adds one. */
  regroup?: (grouping: GroupingResult) => GroupingResult;
}

/** The hashes of the version before behind those of the new one, so that the issue is found by either. */
function withPrevious(grouping: GroupingResult, previous: GroupingResult): GroupingResult {
  return { ...grouping, hashes: [...new Set([...grouping.hashes, ...previous.hashes])], previous };
}

/**
 * What a batch of events cannot know by itself: the templates that earlier messages taught, in both versions where a
 * project is between two. Call it before the batch's transaction begins.
 * @returns one grouping for each, in order; the same object where nothing is added.
 */
export async function completeGroupings(pool: Pool, batch: readonly UnfinishedGrouping[]): Promise<GroupingResult[]> {
  const groupings = await applyTemplates(pool, batch);
  const moving = batch.flatMap(({ projectId, grouping: { previous } }, index) =>
    previous ? [{ projectId, grouping: previous, index }] : [],
  );
  const before = moving.length > 0 ? await applyTemplates(pool, moving) : [];
  for (const [index, { grouping, regroup }] of batch.entries()) {
    const known = groupings[index]!;
    if (regroup && known !== grouping) groupings[index] = regroup(known);
  }
  for (const [at, { index }] of moving.entries()) groupings[index] = withPrevious(groupings[index]!, before[at]!);
  return groupings;
}
