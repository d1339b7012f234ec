import { getPool } from '../db/client.server';
import { levelSchema } from '../ingest/event-schema';
import { entryId } from '../knowledge/entry-words';
import { plainText } from '../knowledge/plain-text';
import { shortId } from '../projects/project-schema';
import { highlight, snippet } from './highlight';
import { isWanted, type SearchQuery, toTsquery } from './parse-query';
import { EXACT_ID, type FoundRow, searchScore } from './rank';
import type { SearchHit } from './search-schema';

/** Rows of each kind that are ranked; facets count within them. */
const ROWS = 200;
/** Fewer than this found by their words, and likeness is asked too. */
const FEW = 5;
/** Share of a word's trigrams that a title must hold to be meant by a mistyped word. */
const ALIKE = 0.42;

interface EntryRow extends FoundRow {
  id: number;
  title: string;
  status: string;
  category: string;
  component: string;
  search_text: string;
  updated_at: Date;
}

const ENTRY = `e.id, e.title, e.status, e.category, e.component, left(e.search_text, 20000) AS search_text, e.updated_at,
  ts_rank(e.search, q.any_of, 1)::float8 AS rank, e.search @@ q.all_of AS has_all, word_similarity($3, e.title)::float8 AS likeness`;
const QUERY = `(SELECT to_tsquery('simple', $1) AS any_of, to_tsquery('simple', $2) AS all_of) q`;

/** `also`: numbers of entries to include whatever their words say. */
export async function findEntries(query: SearchQuery, also: number[]): Promise<SearchHit[]> {
  const ids = query.entryNumber === null ? also : [...also, query.entryNumber];
  const rows = await withFuzzy<EntryRow>(
    query,
    `SELECT ${ENTRY} FROM entry e, ${QUERY} WHERE e.search @@ q.any_of OR e.id = ANY($4)
     ORDER BY (e.id = ANY($4)) DESC, has_all DESC, rank DESC LIMIT ${ROWS}`,
    `SELECT ${ENTRY} FROM entry e, ${QUERY} WHERE $5 <% e.title OR e.title %> ANY($6::text[]) OR e.id = ANY($4) LIMIT ${ROWS}`,
    [ids],
  );
  return rows
    .filter((row) => isWanted(query, `${row.title} ${row.search_text}`))
    .map((row) => ({
      ...hitOf('entry', entryId(row.id), `/knowledge/${entryId(row.id)}`, row),
      score: row.id === query.entryNumber ? EXACT_ID : searchScore('entry', row.status, row),
      highlight: { title: highlight(row.title, query.words), snippet: snippet(row.search_text, query.words) },
      status: row.status,
      service: row.component || null,
      category: row.category || null,
      updated_at: row.updated_at.toISOString(),
    }));
}

interface IssueRow extends FoundRow {
  project_id: number;
  number: number;
  prefix: string;
  slug: string;
  title: string;
  status: string;
  level: string;
  service: string;
  events: number;
  last_seen: Date;
  text: string;
}

const issueColumns = (
  text: string,
) => `i.project_id, i.number, p.prefix, p.slug, i.title, i.status, i.level, i.service, i.event_count::float8 AS events,
  i.last_seen, ${text} AS text, ts_rank(t.search, q.any_of, 1)::float8 AS rank, t.search @@ q.all_of AS has_all,
  word_similarity($3, i.title)::float8 AS likeness`;
const ISSUE = issueColumns('left(t.text, 20000)');
const ISSUE_FROM = `issue_text t JOIN issue i ON i.project_id = t.project_id AND i.number = t.issue_number
  JOIN project p ON p.id = i.project_id, ${QUERY}`;

/** Shorter texts stand in every stack, and have no trigram to be found by. */
const SHORTEST_IN_STACK = 4;

/** Issues whose stack holds every quoted text, or every word where nothing is quoted; their stack is their text. */
async function findInStacks({ phrases, words }: SearchQuery, common: unknown[]): Promise<IssueRow[]> {
  const texts = (phrases.length > 0 ? phrases : words).filter((text) => text.length >= SHORTEST_IN_STACK);
  if (texts.length === 0) return [];
  const patterns = texts.map((text) => `%${text.replace(/[\\%_]/g, '\\$&')}%`);
  const holdsAll = patterns.map((_, i) => `s.text ILIKE $${common.length + 1 + i}`).join(' AND ');
  // The limit stands apart: with it, PostgreSQL would rather read all stacks until it has enough.
  const { rows } = await getPool().query<IssueRow>(
    `WITH held AS MATERIALIZED (SELECT s.project_id, s.issue_number FROM issue_stack s WHERE ${holdsAll}),
     picked AS MATERIALIZED (
       SELECT * FROM held WHERE $4::text IS NULL OR project_id = (SELECT id FROM project WHERE slug = $4) LIMIT ${ROWS})
     SELECT ${issueColumns('k.text')}
     FROM picked JOIN issue_stack k USING (project_id, issue_number), ${ISSUE_FROM}
     WHERE i.merged_into IS NULL AND t.project_id = picked.project_id AND t.issue_number = picked.issue_number`,
    [...common, ...patterns],
  );
  return rows;
}

export async function findIssues(query: SearchQuery, project: string | undefined): Promise<SearchHit[]> {
  const where = 'i.merged_into IS NULL AND ($4::text IS NULL OR p.slug = $4)';
  const exact = query.issue ? [query.issue.prefix, query.issue.number] : [null, null];
  const { any, all } = toTsquery(query.words);
  const [byText, inStacks] = await Promise.all([
    withFuzzy<IssueRow>(
      query,
      `SELECT ${ISSUE} FROM ${ISSUE_FROM} WHERE ${where} AND (t.search @@ q.any_of OR (p.prefix = $5 AND i.number = $6))
     ORDER BY (p.prefix = $5 AND i.number = $6) IS TRUE DESC, has_all DESC, rank DESC, i.last_seen DESC LIMIT ${ROWS}`,
      `SELECT ${ISSUE} FROM ${ISSUE_FROM} WHERE ${where} AND ($5 <% t.text OR t.text %> ANY($6::text[])) LIMIT ${ROWS}`,
      [project ?? null],
      exact,
    ),
    findInStacks(query, [any, all, phrase(query), project ?? null]),
  ]);
  const stacks = new Map(inStacks.map((row) => [shortId(row.prefix, row.number), row]));
  const rows = byText.map((row) => {
    const stack = stacks.get(shortId(row.prefix, row.number));
    stacks.delete(shortId(row.prefix, row.number));
    return stack ? { ...row, text: `${row.text}\n${stack.text}` } : row;
  });
  rows.push(...stacks.values());
  return rows
    .filter((row) => isWanted(query, `${row.title} ${row.text}`))
    .map((row) => {
      const id = shortId(row.prefix, row.number);
      const isExact = query.issue?.prefix === row.prefix && query.issue.number === row.number;
      return {
        ...hitOf('issue', id, `/issues/${id}`, row),
        score: isExact ? EXACT_ID : searchScore('issue', row.status, row),
        highlight: { title: highlight(row.title, query.words), snippet: snippet(row.text, query.words) },
        status: row.status,
        service: row.service || null,
        level: levelSchema.parse(row.level),
        project: row.slug,
        events: row.events,
        updated_at: row.last_seen.toISOString(),
      };
    });
}

interface SectionRow extends FoundRow {
  slug: string;
  title: string;
  body: string;
  updated_at: Date;
}

/** There are few sections: their words are read as they are, and likeness to a title is asked of each. */
export async function findSections(query: SearchQuery): Promise<SearchHit[]> {
  const { any, all } = toTsquery(query.words);
  const { rows } = await getPool().query<SectionRow>(
    `SELECT s.slug, s.title, left(s.body, 20000) AS body, s.updated_at, ts_rank(v.search, q.any_of, 1)::float8 AS rank,
       v.search @@ q.all_of AS has_all, word_similarity($3, s.title)::float8 AS likeness
     FROM guide_section s, ${QUERY},
       LATERAL (SELECT setweight(to_tsvector('simple', s.title), 'A') || to_tsvector('simple', left(s.body, 200000)) AS search) v
     WHERE v.search @@ q.any_of OR word_similarity($3, s.title) >= ${ALIKE}
     ORDER BY has_all DESC, rank DESC, likeness DESC LIMIT ${ROWS}`,
    [any, all, phrase(query)],
  );
  return rows
    .map((row) => ({ ...row, words: plainText(row.body) }))
    .filter((row) => isWanted(query, `${row.title} ${row.words}`))
    .map((row) => ({
      ...hitOf('section', row.slug, `/guide#${row.slug}`, row),
      score: searchScore('section', null, row),
      highlight: {
        title: highlight(row.title, query.words),
        snippet: snippet(row.words, query.words),
      },
      updated_at: row.updated_at.toISOString(),
    }));
}

const phrase = (query: SearchQuery): string => query.words.join(' ').slice(0, 300);

const hitOf = (kind: SearchHit['kind'], id: string, url: string, row: { title: string }) => ({
  kind,
  id,
  title: row.title,
  url,
  status: null,
  service: null,
  category: null,
  level: null,
  project: null,
  events: null,
  match: null,
});

/** By words; where these find little, by likeness too, for words that are mistyped. */
async function withFuzzy<Row extends FoundRow & object>(
  query: SearchQuery,
  byWords: string,
  byLikeness: string,
  shared: unknown[],
  exact: unknown[] = [],
): Promise<Row[]> {
  const { any, all } = toTsquery(query.words);
  const common = [any, all, phrase(query), ...shared];
  const { rows } = await getPool().query<Row>(byWords, [...common, ...exact]);
  const words = query.words.filter((word) => word.length >= 4);
  if (rows.length >= FEW || words.length === 0) return rows;
  const client = await getPool().connect();
  try {
    await client.query('BEGIN READ ONLY');
    await client.query("SELECT set_config('pg_trgm.word_similarity_threshold', $1, true)", [String(ALIKE)]);
    const alike = await client.query<Row>(byLikeness, [...common, phrase(query), words]);
    await client.query('COMMIT');
    const keyOf = (row: Row) =>
      JSON.stringify(['id', 'project_id', 'number'].map((key) => (row as Record<string, unknown>)[key]));
    const known = new Set(rows.map(keyOf));
    return [...rows, ...alike.rows.filter((row) => !known.has(keyOf(row)))];
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
