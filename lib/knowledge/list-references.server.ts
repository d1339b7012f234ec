import type { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { parseShortId, shortId } from '../projects/project-schema';
import { entryListQuerySchema } from './entry-input-schema';
import { listEntries } from './list-entries.server';
import type { Reference, referenceQuerySchema } from './reference-schema';

const SHOWN = 6;

/** What one may mean with a few letters: entries, issues, and releases or the commits they are named after. */
export async function listReferences({
  viewer,
  query: { q, kind },
  now,
}: {
  viewer: Viewer;
  query: z.output<typeof referenceQuerySchema>;
  now: Date;
}): Promise<Reference[]> {
  assertCan(viewer, 'read');
  const wants = (each: Reference['kind']) => kind === undefined || kind === each;
  const found = await Promise.all([
    wants('entry') ? entries(viewer, q, now) : [],
    wants('issue') ? issues(q) : [],
    wants('release') && q.length >= 2 ? releases(q) : [],
  ]);
  return found.flat();
}

async function entries(viewer: Viewer, q: string, now: Date): Promise<Reference[]> {
  const query = entryListQuerySchema.parse({ q, limit: SHOWN });
  const { data } = await listEntries({ viewer, query, now });
  return data.map(({ id, title }) => ({ kind: 'entry', id, title, markdown: id }));
}

const pattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

async function issues(q: string): Promise<Reference[]> {
  const id = parseShortId(q);
  const prefix = /^([A-Za-z][A-Za-z0-9]{0,9})-(\d{0,9})$/.exec(q);
  const { rows } = await getPool().query<{ prefix: string; number: number; title: string }>(
    `SELECT p.prefix, i.number, i.title FROM issue i JOIN project p ON p.id = i.project_id
      WHERE i.merged_into IS NULL AND (
        (upper($1) = p.prefix AND i.number::text LIKE $2 || '%')
        OR i.number::text = $1
        OR ($3 AND EXISTS (SELECT FROM issue_text t
             WHERE t.project_id = i.project_id AND t.issue_number = i.number AND t.text ILIKE $4)))
      ORDER BY (upper($1) = p.prefix AND i.number = $5) DESC, i.last_seen DESC LIMIT ${SHOWN}`,
    [prefix?.[1] ?? q, prefix?.[2] ?? '', prefix === null, pattern(q), id?.number ?? -1],
  );
  return rows.map(({ prefix: of, number, title }) => {
    const issue = shortId(of, number);
    return { kind: 'issue', id: issue, title, markdown: `[${issue}](/issues/${issue})` };
  });
}

async function releases(q: string): Promise<Reference[]> {
  const { rows } = await getPool().query<{ version: string; name: string }>(
    `SELECT r.version, p.name FROM release r JOIN project p ON p.id = r.project_id
      WHERE r.version ILIKE $1 ORDER BY r.last_seen DESC LIMIT ${SHOWN}`,
    [pattern(q)],
  );
  return rows.map(({ version, name }) => ({
    kind: 'release',
    id: version,
    title: `release of ${name}`,
    markdown: `\`${version.replaceAll('`', '')}\``,
  }));
}
