import { getPool } from '../db/client.server';
import type { NormalizedEvent } from '../ingest/event-schema';
import { shortId } from '../projects/project-schema';
import { explainGrouping, type FiledUnder } from './explain-grouping';
import type { EventDetail } from './issue-schema';

/** "Why here?" of one event, with the issues that its hashes lead to now. */
export async function loadGrouping(
  { projectId, prefix }: { projectId: number; prefix: string },
  event: NormalizedEvent,
  filed: FiledUnder,
): Promise<EventDetail['grouping']> {
  const { hashes, ...explained } = explainGrouping(event, filed);
  const tried = [...new Set([...(event.grouping_rules ? [filed.hash] : []), ...hashes, filed.hash])];
  const { rows } = await getPool().query<{ hash: string; issue_number: number; version: string }>(
    'SELECT hash, issue_number, version FROM "grouping" WHERE project_id = $1 AND hash = ANY($2)',
    [projectId, tried],
  );
  const owners = new Map(rows.map((row) => [row.hash, row]));
  return {
    hash: filed.hash,
    version: filed.version,
    ...explained,
    rules: event.grouping_rules ?? [],
    candidates: tried.map((hash) => {
      const owner = owners.get(hash);
      return {
        hash,
        version: owner?.version ?? null,
        issue: owner ? shortId(prefix, owner.issue_number) : null,
        used: hash === filed.hash,
      };
    }),
  };
}
