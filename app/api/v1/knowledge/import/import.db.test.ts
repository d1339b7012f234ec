import { beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '@/lib/auth/create-token.server';
import type { Scope } from '@/lib/auth/permissions';
import { systemViewer } from '@/lib/auth/viewer';
import { getDb } from '@/lib/db/client.server';
import { useTestDatabase } from '@/lib/db/test-database';
import { type ImportReport, importReportSchema } from '@/lib/knowledge/import-schema';
import { POST } from './route';

useTestDatabase();

let token = '';
const makeToken = async (scope: Scope) =>
  (await createToken({ viewer: systemViewer(), name: scope, scopes: [scope], now: new Date('2026-01-01T00:00:00Z') }))
    .token;
beforeAll(async () => {
  token = await makeToken('review');
});

async function post(
  query: string,
  body: BodyInit,
  type?: string,
): Promise<{ status: number; json: Record<string, unknown> }> {
  const headers = { authorization: `Bearer ${token}`, ...(type ? { 'content-type': type } : {}) };
  const request = new Request(`http://errata.test/api/v1/knowledge/import${query}`, { method: 'POST', body, headers });
  const response = await POST(request, { params: Promise.resolve({}) });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}
const json = (body: unknown, query = '') => post(query, JSON.stringify(body), 'application/json');
const report = ({ json: body }: { json: unknown }): ImportReport => importReportSchema.parse(body);
const MARKDOWN = '## Issue: It hangs\n\n**Fix**: let go\n';

describe('POST /api/v1/knowledge/import', () => {
  it('takes Markdown under the name of its document', async () => {
    const answer = await post('?document=hangs.md&publish=true', MARKDOWN, 'text/markdown; charset=utf-8');
    expect(answer.status).toBe(200);
    expect(report(answer).entries[0]).toMatchObject({ action: 'created', document: 'hangs.md', status: 'published' });
    const again = await post('?document=hangs.md&publish=true', MARKDOWN, 'text/markdown');
    expect(report(again).totals).toMatchObject({ created: 0, unchanged: 1 });
  });

  it('takes entries, documents and a bare list as JSON', async () => {
    const entries = await json({ entries: [{ external_id: 'a', title: 'A', status: 'published' }] });
    expect(report(entries).entries[0]).toMatchObject({ action: 'created', external_id: 'a', status: 'published' });
    expect(report(await json({ documents: [{ name: 'x.md', text: MARKDOWN }] })).totals.created).toBe(1);
    expect(report(await json([{ external_id: 'a', title: 'A' }])).totals.unchanged).toBe(1);
  });

  it('takes several files in a form, Markdown and JSON', async () => {
    const form = new FormData();
    form.append('file', new File([MARKDOWN], 'form.md'));
    form.append('file', new File([JSON.stringify({ patterns: { p9: { title: 'P' } } })], 'error_knowledge_base.json'));
    const answer = report(await post('', form));
    expect(answer.totals.created).toBe(2);
    expect(answer.entries.map((entry) => entry.external_id)).toEqual([null, 'p9']);
  });

  it('takes the other files of a form when one cannot be read, and names that one', async () => {
    const form = new FormData();
    form.append('file', new File(['## Issue: It stalls\n\n**Fix**: wait\n'], 'good.md'));
    form.append('file', new File(['{"entries":'], 'cut.json'));
    form.append('file', new File(['{"entries":5}'], 'number.json'));
    const { entries, totals } = report(await post('', form));
    expect(totals).toMatchObject({ created: 1, invalid: 2 });
    expect(entries.map(({ title, action }) => [title, action])).toEqual([
      ['It stalls', 'created'],
      ['cut.json', 'invalid'],
      ['number.json', 'invalid'],
    ]);
    expect(entries[1]?.errors[0]?.message).toContain('not valid JSON');
  });

  it('stores nothing on a dry run', async () => {
    const before = await getDb().entry.count();
    expect(report(await json({ entries: [{ title: 'Dry' }] }, '?dry_run=true'))).toMatchObject({
      dry_run: true,
      totals: { created: 1 },
    });
    expect(await getDb().entry.count()).toBe(before);
  });

  it.each([
    ['malformed JSON', '{', 'application/json', 400, 'not valid JSON'],
    ['JSON without entries', '{"a":1}', 'application/json', 422, 'entries'],
    ['a document without a name', '{"documents":[{"text":"x"}]}', 'application/json', 422, 'documents.0.name'],
    [
      'two documents of one name',
      '{"documents":[{"name":"a","text":"x"},{"name":"a","text":"y"}]}',
      'application/json',
      422,
      'comes twice',
    ],
    ['an unknown form', 'x', 'application/xml', 415, 'text/markdown'],
    ['a broken form', 'x', 'multipart/form-data; boundary=q', 400, 'form'],
    [
      'a form without files',
      '--q\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--q--\r\n',
      'multipart/form-data; boundary=q',
      422,
      'at least one file',
    ],
  ])('refuses %s in words', async (_name, body, type, status, words) => {
    const answer = await post('', body, type);
    expect(answer.status).toBe(status);
    expect(String(answer.json.detail)).toContain(words);
  });

  it('refuses an option that is neither true nor false, by name', async () => {
    const answer = await json({ entries: [] }, '?publish=maybe');
    expect([answer.status, String(answer.json.detail)]).toEqual([
      400,
      'The query is not valid. publish: expected true or false',
    ]);
  });

  it('lets no one publish who may only write', async () => {
    const reviewer = token;
    token = await makeToken('write');
    expect((await json({ entries: [{ title: 'B' }] }, '?publish=true')).status).toBe(403);
    expect((await json({ entries: [{ title: 'B' }] })).status).toBe(200);
    token = reviewer;
  });
});
