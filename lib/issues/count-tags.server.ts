import type { Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { findIssue } from './find-issue.server';
import type { TagDistribution } from './issue-schema';

const SAMPLE = 500;
const MAX_VALUES = 10;
const MAX_KEYS = 40;

/** How the tags of an issue are spread, over its latest events; release, environment, service and host count as tags. */
export async function countTags({ viewer, issueId }: { viewer: Viewer; issueId: string }): Promise<TagDistribution> {
  const issue = await findIssue({ viewer, issueId });
  const { rows } = await getPool().query<{ sample: number; key: string; value: string; events: number }>(
    `WITH latest AS MATERIALIZED (
       SELECT time, id, environment, release, service, data FROM event
       WHERE project_id = $1 AND issue_number = $2 ORDER BY time DESC, id DESC LIMIT ${SAMPLE}),
     pairs AS (
       SELECT tag->>0 AS key, tag->>1 AS value FROM latest, json_array_elements(data->'tags') AS tag
       UNION ALL SELECT 'environment', environment FROM latest
       UNION ALL SELECT 'service', service FROM latest
       UNION ALL SELECT 'release', release FROM latest WHERE release IS NOT NULL
       UNION ALL SELECT 'server_name', data->>'server_name' FROM latest WHERE data->>'server_name' IS NOT NULL)
     SELECT (SELECT count(*) FROM latest)::int AS sample, key, value, count(*)::int AS events
     FROM pairs GROUP BY key, value ORDER BY key, events DESC, value`,
    [issue.projectId, issue.number],
  );
  const byKey = new Map<string, { value: string; events: number }[]>();
  for (const { key, value, events } of rows) byKey.set(key, [...(byKey.get(key) ?? []), { value, events }]);
  const tags = [...byKey].map(([key, values]) => ({
    key,
    events: values.reduce((sum, v) => sum + v.events, 0),
    values: values.slice(0, MAX_VALUES),
  }));
  return {
    sample: rows[0]?.sample ?? 0,
    tags: tags.sort((a, b) => b.events - a.events || a.key.localeCompare(b.key)).slice(0, MAX_KEYS),
  };
}
