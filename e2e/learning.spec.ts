import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures/test';

// What no knowledge, new knowledge and a fix that did not hold look like: each said honestly, with its source.

const OLD_RELEASE = '4.0.0';
const NEW_RELEASE = '4.1.0';
const NOTE = 'The gripper sensor was covered in ice. Cleared it with `cranectl sensor defrost --crane 4`.';

interface Suggestion {
  id: string;
  kind: string;
  status: string;
  citations: { kind: string; quote: string }[];
}

test('an unknown error is drafted from what people wrote, accepted, answered, and judged when it comes back', async ({
  page,
  request,
  signIn,
  createProject,
  adminToken,
}) => {
  const project = await createProject('Quays');
  const headers = { authorization: `Bearer ${adminToken}` };
  const capture = async (release: string) => {
    const answer = await request.post('/errors', {
      headers: { 'x-errata-key': project.key },
      data: {
        service: 'quays',
        context: 'lift',
        error_type: 'GripperBlindError',
        error_message: 'gripper of crane 4 sees no container',
        severity: 'high',
        release,
      },
    });
    expect(answer.status(), await answer.text()).toBe(201);
    return answer.json();
  };
  const first = await capture(OLD_RELEASE);
  expect(first.known_fix).toBeNull();
  const issue = `/api/v1/issues/${first.issue_id}`;

  await signIn(page, 'reviewer');
  await page.goto(`/issues/${first.issue_id}`);
  await expect(page.getByText("I don't know: no published entry explains this error.")).toBeVisible();
  // The button is there before the page's scripts are.
  const draftUntil = (text: Locator) =>
    expect(async () => {
      await page.getByRole('button', { name: 'Draft from what is known' }).click({ timeout: 1000 });
      await expect(text).toBeVisible({ timeout: 4000 });
    }).toPass();
  // Nobody has said anything about it yet, so nothing is made up.
  await draftUntil(page.getByRole('status').filter({ hasText: "I don't know." }));

  await request.post(`${issue}/comments`, { headers, data: { body: NOTE } });
  await page.reload();
  // The note itself stands among the activity before there is a draft.
  await draftUntil(page.getByText('Drafted from the named sources'));
  await expect(page.getByText('cranectl sensor defrost').first()).toBeVisible();
  const suggestions: { data: Suggestion[] } = await (await request.get(`${issue}/suggestions`, { headers })).json();
  const draft = suggestions.data.find(({ kind }) => kind === 'draft');
  expect(draft?.status).toBe('pending');
  expect(draft?.citations.some(({ kind, quote }) => kind === 'comment' && quote.includes('cranectl'))).toBe(true);

  await page.goto(`/review?project=${project.slug}`);
  await page
    .getByRole('button', { name: /^Accept/ })
    .first()
    .click();
  await expect(page.getByText(`is the fix of ${first.issue_id} now`)).toBeVisible();
  const known = (await capture(OLD_RELEASE)).known_fix;
  expect(known.entry).toMatch(/^ERROR-\d{3,}$/);

  await page.goto(`/issues/${first.issue_id}`);
  const helped = page.getByRole('group', { name: 'Did it help?' });
  await expect(async () => {
    if ((await helped.getByRole('status').textContent()) === '')
      await helped.getByRole('button', { name: 'This fixed it' }).click({ timeout: 1000 });
    await expect(helped.getByRole('status')).toHaveText('Ranked higher from now on', { timeout: 4000 });
  }).toPass();
  await page.reload();
  await expect(helped.getByRole('button', { name: 'This fixed it' })).toHaveAttribute('aria-pressed', 'true');

  await request.patch(issue, { headers, data: { status: 'resolved' } });
  expect((await capture(NEW_RELEASE)).known_fix.entry).toBe(known.entry);
  await page.goto(`/issues/${first.issue_id}`);
  const dossier = page.getByLabel('Recurrence dossier');
  await expect(dossier).toContainText(known.entry);
  await expect(dossier).toContainText(NEW_RELEASE);
  await page.goto(`/knowledge/${known.entry}`);
  await expect(page.getByText('Disputed').first()).toBeVisible();
});
