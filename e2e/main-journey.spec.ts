import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { errata, runningApp } from './fixtures/app';
import { expect, test } from './fixtures/test';

// The main job, end to end: documents in, error in, known fix suggested, accepted, watched, disproved, published.

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const seeds = process.env.ERRATA_SHARED ? `${process.env.ERRATA_SHARED}/seeds` : path('../../shared/seeds');
/** The five documents the product was conceived from, where they are at hand; else our own in the same dialects. */
const documents = existsSync(seeds)
  ? [seeds]
  : [path('./fixtures/language-models.md'), path('../lib/knowledge/fixtures')];

const model = 'zh_core_web_sm';
const message = `[E050] Can't find model '${model}'. It doesn't seem to be a Python package or a valid path to a data directory.`;
const report = {
  service: 'nlp',
  context: 'load_pipeline',
  error_type: 'OSError',
  error_message: message,
  severity: 'high',
  release: '3.1.0',
  stack_trace: `Traceback (most recent call last):
  File "/app/nlp/pipeline.py", line 41, in load_pipeline
    nlp = spacy.load(settings.model)
  File "/usr/local/lib/python3.12/site-packages/spacy/__init__.py", line 51, in load
    return util.load_model(name)
  File "/usr/local/lib/python3.12/site-packages/spacy/util.py", line 472, in load_model
    raise IOError(Errors.E050.format(name=name))
OSError: ${message}`,
};

interface Captured {
  success: boolean;
  issue_id: string;
  is_new: boolean;
  known_fix: { entry: string; title: string; confidence: number; url: string } | null;
}

test('a known error is suggested, accepted, resolved, comes back, and the guide knows it', async ({
  page,
  request,
  signIn,
  createProject,
  adminToken,
}) => {
  test.setTimeout(120_000);
  const { url } = runningApp();
  const project = await createProject('Language tools');
  const capture = async (): Promise<Captured> => {
    const answer = await request.post(`${url}/errors`, { data: report, headers: { 'x-errata-key': project.key } });
    expect(answer.status(), await answer.text()).toBe(201);
    return answer.json();
  };

  await errata(['import', '--publish', ...documents], { token: adminToken });

  const first = await capture();
  expect(first).toMatchObject({ success: true, is_new: true, known_fix: null });

  // Matching is a job that follows the event.
  const authorization = `Bearer ${adminToken}`;
  await expect
    .poll(async () => {
      const answer = await request.get(`${url}/api/v1/issues/${first.issue_id}/suggestions`, {
        headers: { authorization },
      });
      return (await answer.json()).data.length;
    })
    .toBeGreaterThan(0);

  await signIn(page, 'reviewer');
  await page.goto(`/issues/${first.issue_id}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('OSError');
  const suggested = page.getByLabel('Suggested fixes');
  // The first suggestion stands open, with its commands.
  await expect(suggested.getByText('spacy download').first()).toBeVisible();

  await page.goto('/review');
  const row = page
    .getByRole('button', { name: new RegExp(first.issue_id) })
    .or(page.getByRole('option', { name: new RegExp(first.issue_id) }));
  await row.first().click();
  await page.getByRole('button', { name: 'Accept fix' }).click();
  await expect(page.getByText('Undo').first()).toBeVisible();

  await page.goto(`/issues/${first.issue_id}`);
  await expect(page.getByLabel('Known fix').first()).toBeVisible();
  await page.getByRole('button', { name: 'Resolve' }).click();
  await page.getByRole('menuitem', { name: 'Now' }).click();
  await expect(page.getByText('Resolved', { exact: true }).first()).toBeVisible();

  const second = await capture();
  expect(second).toMatchObject({ issue_id: first.issue_id, is_new: false });
  const entry = second.known_fix?.entry ?? '';
  expect(entry).toMatch(/^ERROR-\d{3,}$/);

  await page.reload();
  await expect(page.getByText('Regressed').first()).toBeVisible();
  await page.goto(`/knowledge/${entry}`);
  await expect(page.getByText('Disputed').first()).toBeVisible();

  const guide = await (await request.get(`${url}/api/v1/guide.md`, { headers: { authorization } })).text();
  const block = /```bash\n(python -m spacy download \w+)\n```/.exec(readDocuments())?.[0] ?? '';
  expect(block).not.toBe('');
  expect(guide).toContain(`${entry}: `);
  expect(guide).toContain(block);
});

/** The text of the document that knows the error. */
function readDocuments(): string {
  const file = existsSync(seeds) ? `${seeds}/000_9305a3fa844241ad.txt` : path('./fixtures/language-models.md');
  return readFileSync(file, 'utf8');
}

test('importing the same documents again changes nothing', async ({ adminToken }) => {
  const report = () =>
    errata<{ totals: Record<string, number> }>(['import', '--publish', ...documents], { token: adminToken });
  await report();
  const { totals } = await report();
  expect(totals).toMatchObject({ created: 0, updated: 0 });
});
