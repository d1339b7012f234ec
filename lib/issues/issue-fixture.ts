import { randomUUID } from 'node:crypto';
import type { Role } from '../auth/permissions';
import { userViewer, type Viewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { floorHour } from '../time';
import { personHash } from './person-hash';

/** Only for `*.db.test.ts`: rows as ingest leaves them. */
export async function makeProject(slug: string): Promise<number> {
  const row = await getDb().project.create({ data: { slug, name: slug, prefix: slug.toUpperCase() } });
  return row.id;
}

export async function makeMember(name: string, role: Role): Promise<Viewer> {
  const email = `${name.toLowerCase()}@example.test`;
  const user = await getDb().user.create({ data: { email, name, role } });
  return userViewer({ id: user.id, name, email, role });
}

export interface IssueInput {
  projectId: number;
  number: number;
  title?: string;
  service?: string;
  environment?: string;
  level?: string;
  status?: string;
  release?: string;
  /** Times of its events; each becomes one row and counts in the rollups. */
  times: Date[];
  users?: string[];
  tags?: [string, string][];
}

export async function makeIssue(input: IssueInput): Promise<{ hash: string; events: string[] }> {
  const { projectId, number, times, users = [] } = input;
  const service = input.service ?? 'api';
  const environment = input.environment ?? 'production';
  const level = input.level ?? 'error';
  const title = input.title ?? `Error ${number}`;
  const sorted = [...times].sort((a, b) => a.getTime() - b.getTime());
  const firstSeen = sorted[0] as Date;
  await getDb().issue.create({
    data: {
      projectId,
      number,
      title,
      service,
      environment,
      level,
      type: title.split(':')[0] ?? '',
      status: input.status ?? 'ongoing',
      firstSeen,
      lastSeen: sorted.at(-1) as Date,
      statusChangedAt: firstSeen,
      firstRelease: input.release,
      lastRelease: input.release,
      userCount: users.length,
      resolvedAt: input.status === 'resolved' ? (sorted.at(-1) as Date) : null,
      resolvedMode: input.status === 'resolved' ? 'now' : null,
    },
  });
  const hash = randomUUID().replaceAll('-', '');
  await getPool().query('INSERT INTO issue_text (project_id, issue_number, text) VALUES ($1, $2, $3)', [
    projectId,
    number,
    title,
  ]);
  await getDb().grouping.create({ data: { projectId, hash, issueNumber: number, version: 'v1' } });
  const people = users.map((id) => personHash({ id })!);
  for (const userHash of people) await getDb().issueUser.create({ data: { projectId, issueNumber: number, userHash } });
  const events = [];
  for (const [at, time] of times.entries()) {
    const user = users[at % users.length];
    events.push(await addEvent({ ...input, service, environment, level, title, user }, hash, time));
  }
  return { hash, events };
}

/** One more event under a grouping, filed where the grouping leads. */
export async function addEvent(
  input: Omit<IssueInput, 'times' | 'users'> & { user?: string },
  hash: string,
  time: Date,
): Promise<string> {
  const { projectId, service = 'api', environment = 'production', level = 'error', title = '' } = input;
  const grouping = await getDb().grouping.findUniqueOrThrow({ where: { projectId_hash: { projectId, hash } } });
  const issueNumber = grouping.issueNumber;
  const id = randomUUID();
  const data = {
    id: id.replaceAll('-', ''),
    timestamp: time.toISOString(),
    received_at: time.toISOString(),
    protocol: 'errors',
    platform: 'python',
    level,
    service,
    environment,
    exceptions: [{ type: 'Error', value: title }],
    tags: input.tags ?? [],
    ...(input.user ? { user: { id: input.user } } : {}),
    trimmed: [],
  };
  await getDb().event.create({
    data: {
      projectId,
      time,
      id,
      issueNumber,
      receivedAt: time,
      level,
      service,
      environment,
      release: input.release,
      title,
      hash,
      data,
      raw: JSON.stringify({ sent: title }),
    },
  });
  const hour = floorHour(time);
  await getPool().query(
    `INSERT INTO issue_hour AS o VALUES ($1, $2, $3, 1)
     ON CONFLICT (project_id, issue_number, hour) DO UPDATE SET count = o.count + 1`,
    [projectId, issueNumber, hour],
  );
  await getPool().query(
    `INSERT INTO project_hour AS o (project_id, hour, service, environment, level, count) VALUES ($1, $2, $3, $4, $5, 1)
     ON CONFLICT (project_id, hour, service, environment, level) DO UPDATE SET count = o.count + 1`,
    [projectId, hour, service, environment, level],
  );
  await getPool().query(
    `INSERT INTO facet_hour AS o (facet, hour, project_id, service, environment, key, count)
     VALUES ('type', $1, $2, $3, $4, $5, 1), ('release', $1, $2, $3, $4, $6, 1)
     ON CONFLICT (facet, hour, project_id, service, environment, key) DO UPDATE SET count = o.count + 1`,
    [hour, projectId, service, environment, title.split(':')[0] ?? '', input.release ?? ''],
  );
  for (const [key, value] of input.tags ?? [])
    await getDb().issueTag.createMany({ data: [{ projectId, issueNumber, key, value }], skipDuplicates: true });
  await getPool().query(
    `UPDATE issue SET event_count = event_count + 1, last_seen = greatest(last_seen, $3)
     WHERE project_id = $1 AND number = $2`,
    [projectId, issueNumber, time],
  );
  return id.replaceAll('-', '');
}
