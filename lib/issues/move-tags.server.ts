import type { Tx } from '../db/client.server';
import { Prisma } from '../db/generated/client';
import type { IssueRef } from './find-issue.server';
import type { Dropped } from './move-shares';
import { MOST_TAG_VALUES } from './tag-limits';

/** The tags of the stored events of an issue, as `issue_tag` has them. */
const storedTags = ({ projectId, number }: IssueRef) => Prisma.sql`
  SELECT DISTINCT left(tag->>0, 100) AS key, left(tag->>1, 200) AS value
  FROM event e, json_array_elements(e.data->'tags') tag
  WHERE e.project_id = ${projectId} AND e.issue_number = ${number} AND json_typeof(e.data->'tags') = 'array'`;

/** As an issue becomes part of another: its own tags stay behind for when it is taken out again. */
export async function copyTags(tx: Tx, from: IssueRef, into: IssueRef): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO issue_tag (project_id, issue_number, key, value)
    SELECT project_id, ${into.number}::int, key, value FROM issue_tag
    WHERE project_id = ${from.projectId} AND issue_number = ${from.number} ON CONFLICT DO NOTHING`;
}

/** After events moved from one issue to another: both have the tags of their events. */
export async function moveTags(tx: Tx, from: IssueRef, into: IssueRef, dropped: Dropped): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO issue_tag (project_id, issue_number, key, value)
    SELECT ${into.projectId}::int, ${into.number}::int, key, value FROM (
      SELECT key, value, row_number() OVER (PARTITION BY key ORDER BY value) AS place FROM (${storedTags(into)}) t) ranked
    WHERE place <= ${MOST_TAG_VALUES} ON CONFLICT DO NOTHING`;
  if (dropped.into === 0) await forgetTags(tx, into, Prisma.empty);
  // What only events had that are no longer stored stays where it was.
  await forgetTags(tx, from, dropped.from === 0 ? Prisma.empty : Prisma.sql`AND (key, value) IN (${storedTags(into)})`);
}

/** Takes the tags off an issue that none of its stored events has. */
async function forgetTags(tx: Tx, ref: IssueRef, condition: Prisma.Sql): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM issue_tag WHERE project_id = ${ref.projectId} AND issue_number = ${ref.number}
      AND (key, value) NOT IN (${storedTags(ref)}) ${condition}`;
}
