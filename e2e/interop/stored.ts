import { Client } from 'pg';
import { findEmbedded } from '@/lib/db/embedded.server';
import type { EventDetail, EventSummary, IssueRow } from '@/lib/issues/issue-schema';

export interface SessionCounts {
  started: number;
  exited: number;
  errored: number;
  crashed: number;
  abnormal: number;
}

/** Reads back what Errata has stored: events as anyone does, over HTTP; what is only counted from the database. */
export interface Stored {
  /** Whole events of one release, found by the search for issues. */
  events(project: string, release: string): Promise<EventDetail[]>;
  /** Null when none was counted. */
  sessions(projectId: number, release: string): Promise<SessionCounts | null>;
  /** How many items the SDK said it dropped. */
  discarded(projectId: number, reason: string, category: string): Promise<number>;
}

export function readStored({ url, dataDir, token }: { url: string; dataDir: string; token: string }): Stored {
  async function get<T>(path: string): Promise<T> {
    const answer = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async function query<R extends object>(sql: string, values: unknown[]): Promise<R[]> {
    const client = new Client({ connectionString: await findEmbedded(dataDir) });
    await client.connect();
    try {
      return (await client.query<R>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  return {
    async events(project, release) {
      const search = encodeURIComponent(`project:${project} release:"${release}"`);
      const issues = await get<{ data: IssueRow[] }>(`/issues?query=${search}`);
      const lists = await Promise.all(
        issues.data.map(({ id }) => get<{ data: EventSummary[] }>(`/issues/${id}/events`)),
      );
      const those = lists.flatMap(({ data }) => data).filter((event) => event.release === release);
      return Promise.all(those.map(({ id }) => get<EventDetail>(`/events/${id}`)));
    },

    async sessions(projectId, release) {
      const [found] = await query<SessionCounts>(
        `SELECT sum(started)::int AS started, sum(exited)::int AS exited, sum(errored)::int AS errored,
           sum(crashed)::int AS crashed, sum(abnormal)::int AS abnormal
         FROM release_session WHERE project_id = $1 AND release = $2 HAVING count(*) > 0`,
        [projectId, release],
      );
      return found ?? null;
    },

    async discarded(projectId, reason, category) {
      const [found] = await query<{ count: number }>(
        `SELECT coalesce(sum(count), 0)::int AS count FROM discarded_item
         WHERE project_id = $1 AND source = 'sdk' AND reason = $2 AND category = $3`,
        [projectId, reason, category],
      );
      return found?.count ?? 0;
    },
  };
}
