import { beforeAll, describe, expect, it } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { makeIssue, makeProject } from '../issues/issue-fixture';
import { listIssues } from '../issues/list-issues.server';
import { entryInputSchema } from '../knowledge/entry-input-schema';
import { createEntry } from '../knowledge/save-entry.server';
import { keepMissingStackTexts, keepStackText } from './keep-stack-text.server';
import { search } from './search.server';
import { searchQuerySchema } from './search-schema';

useTestDatabase();
const viewer = systemViewer();
const find = (q: string, more: object = {}) => search({ viewer, params: searchQuerySchema.parse({ q, ...more }) });
const ids = async (q: string, more: object = {}) => (await find(q, more)).data.map((hit) => hit.id);

const MODEL = "OSError: [E050] Can't find model 'zh_core_web_sm'";

beforeAll(async () => {
  const entry = (fields: object) =>
    createEntry({ viewer, input: entryInputSchema.parse({ status: 'published', ...fields }), now: new Date() });
  await entry({ title: 'Postgres connection pool exhausted', category: 'Database', component: 'billing' });
  await entry({ title: 'spaCy model not found', symptoms: MODEL, category: 'Dependency', component: 'nlp' });
  await entry({ title: 'Hostile title <script>alert(1)</script>', root_cause: 'nothing of note' });
  const shop = await makeProject('shop');
  const docs = await makeProject('docs');
  await makeIssue({
    projectId: shop,
    number: 7,
    title: 'PoolTimeout: connection pool of billing',
    service: 'billing',
    times: [new Date()],
  });
  await makeIssue({ projectId: docs, number: 3, title: MODEL, service: 'nlp', times: [new Date()] });
  await getDb().guideSection.create({
    data: {
      slug: 'on-call',
      title: 'On-call checklist',
      body: '- [ ] Check the **connection pool** first.',
      position: 1,
    },
  });
});

describe('search', () => {
  it('finds entries, issues and sections in one list', async () => {
    const { data, facets, total } = await find('connection pool');
    expect(data.map((hit) => [hit.kind, hit.id])).toEqual([
      ['entry', 'ERROR-001'],
      ['issue', 'SHOP-7'],
      ['section', 'on-call'],
    ]);
    expect(total).toBe(3);
    expect(facets.kind).toEqual([
      { value: 'entry', count: 1 },
      { value: 'issue', count: 1 },
      { value: 'section', count: 1 },
    ]);
    expect(facets.service).toEqual([{ value: 'billing', count: 2 }]);
  });

  it.each([
    ['connection pool kind:issue', ['SHOP-7']],
    ['pool is:entry', ['ERROR-001']],
    ['pool service:billing', ['ERROR-001', 'SHOP-7']],
    ['pool category:database', ['ERROR-001']],
    ['"connection pool first"', ['on-call']],
    ['connection pool -billing', ['on-call']],
  ])('narrows by operators: %s', async (q, expected) => {
    expect(await ids(q)).toEqual(expected);
  });

  it('finds a section by a title that was mistyped, and shows its words without marks', async () => {
    expect(await ids('cheklist')).toEqual(['on-call']);
    const section = (await find('first pool')).data.find((hit) => hit.kind === 'section');
    expect(section?.highlight.snippet?.text).toBe('Check the connection pool first.');
  });

  it('finds words that are not finished yet', async () => {
    expect(await ids('postg')).toContain('ERROR-001');
  });

  it.each(['postgers conection', 'exhuasted', 'Postgress'])('finds what was mistyped: %s', async (q) => {
    expect((await ids(q))[0]).toBe('ERROR-001');
  });

  it('goes straight to an id', async () => {
    expect((await ids('ERROR-002'))[0]).toBe('ERROR-002');
    expect((await ids('shop-7'))[0]).toBe('SHOP-7');
  });

  it('puts the known fix of a pasted error first and says why', async () => {
    const pasted = `Traceback (most recent call last):\n  File "/srv/nlp.py", line 3, in load\n${MODEL}. It doesn't seem to be a package.`;
    const { data } = await find(pasted);
    expect(data[0]).toMatchObject({ kind: 'entry', id: 'ERROR-002' });
    expect(data[0]?.match?.confidence).toBeGreaterThan(0.7);
    expect(data[0]?.match?.evidence.length).toBeGreaterThan(0);
    expect(data.some((hit) => hit.id === 'DOCS-3')).toBe(true);
  });

  it('marks what answers the query by ranges, and leaves hostile text as text', async () => {
    const { data } = await find('hostile script');
    const { text, ranges } = data[0]!.highlight.title;
    expect(text).toBe('Hostile title <script>alert(1)</script>');
    expect(ranges.map(([from, to]) => text.slice(from, to))).toEqual(['Hostile', 'script', 'script']);
  });

  it('filters by kind, service and project, and pages', async () => {
    expect(await ids('connection pool', { kind: 'issue' })).toEqual(['SHOP-7']);
    expect(await ids('connection pool', { project: 'docs', kind: 'issue' })).toEqual([]);
    const page = await find('connection pool', { limit: 2 });
    expect(page.data).toHaveLength(2);
    expect(await ids('connection pool', { limit: 2, cursor: page.next_cursor })).toEqual(['on-call']);
  });

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['marks', '!!!'],
    ['operators', "' | & ! ( ) :*"],
    ['quotes', "it's a \\ trap"],
    ['a placeholder', '<*>'],
    ['one endless word', 'a'.repeat(20_000)],
    ['a long paste', 'Error: x at y\n'.repeat(1400)],
  ])('survives %s', async (_, q) => {
    expect(Array.isArray((await find(q)).data)).toBe(true);
  });
});

describe('what stands inside a stack trace', () => {
  const frames = [
    { function: 'main', filename: 'app.ts', in_app: true },
    {
      function: 'acquireLease',
      module: 'generic-pool',
      filename: 'node_modules/pool/lease.js',
      context_line: '  throw leaseError(waited);',
    },
  ];
  let project: number;

  beforeAll(async () => {
    project = await makeProject('deep');
    for (const number of [1, 2])
      await makeIssue({ projectId: project, number, title: `LeaseError: ${number}`, times: [new Date()] });
    await getPool().query('UPDATE event SET data = $2 WHERE project_id = $1 AND issue_number = 1', [
      project,
      JSON.stringify({ exceptions: [{ type: 'LeaseError', frames }] }),
    ]);
    await keepStackText({ projectId: project, issueNumber: 1 });
  });

  const list = async (query: string) => {
    const now = new Date();
    const range = { from: new Date(now.getTime() - 1000), to: now };
    return (
      await listIssues({ viewer, filter: { query }, sort: 'last_seen', page: { limit: 10 }, sparkline: range, now })
    ).data.map((issue) => issue.id);
  };

  it.each(['acquireLease', 'pool/lease.js', 'throw leaseError(waited)'])(
    'is found by the list and by the search: %s',
    async (text) => {
      expect(await list(`"${text}"`)).toEqual(['DEEP-1']);
      expect(await ids(`"${text}"`)).toEqual(['DEEP-1']);
    },
  );

  it('is found by a word that is not quoted', async () => expect(await ids('acquireLease')).toContain('DEEP-1'));

  it('is not found in an issue that has it not', async () =>
    expect(await list('-"acquireLease" project:deep')).toEqual(['DEEP-2']));

  it('is kept later for issues that came before', async () => {
    const { rows } = await getPool().query(`SELECT count(*)::int AS n FROM issue WHERE merged_into IS NULL`);
    const { rows: kept } = await getPool().query(`SELECT count(*)::int AS n FROM issue_stack`);
    expect(await keepMissingStackTexts()).toBe(rows[0].n - kept[0].n);
    expect(await keepMissingStackTexts()).toBe(0);
    expect(await ids('"acquireLease"')).toEqual(['DEEP-1']);
  });
});
