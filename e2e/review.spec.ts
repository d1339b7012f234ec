import { expect, test } from './fixtures/test';

// The review queue: take a suggestion on, take that back, take it on again in better words.

const KNOWN = `## Issue: Lock gate waits for the wrong vessel

**Symptoms**:

\`\`\`text
LockGateTimeout: gate 4 is held for vessel Meridian
\`\`\`

**Solution**: Release the gate with \`lockctl release --gate\`.
`;

test('a suggestion is accepted, taken back, edited and accepted', async ({
  page,
  request,
  signIn,
  createProject,
  adminToken,
}) => {
  const project = await createProject('Locks');
  const headers = { authorization: `Bearer ${adminToken}` };
  await request.post('/api/v1/knowledge/import?publish=true&document=locks.md', {
    headers: { ...headers, 'content-type': 'text/markdown' },
    data: KNOWN,
  });
  const capture = async () => {
    const answer = await request.post('/errors', {
      headers: { 'x-errata-key': project.key },
      data: {
        service: 'locks',
        context: 'gate',
        error_type: 'LockGateTimeout',
        error_message: 'gate 9 is held for vessel Aurora',
        severity: 'high',
      },
    });
    return answer.json();
  };
  const { issue_id: issueId } = await capture();

  await signIn(page, 'reviewer');
  // The page of a new issue shows what matching finds without being loaded again.
  await page.goto(`/issues/${issueId}`);
  await expect(page.getByLabel('Suggested fixes')).toContainText('Lock gate waits', { timeout: 15_000 });

  await page.goto(`/review?project=${project.slug}`);
  await page.getByRole('button', { name: 'Accept fix' }).click();
  await expect(page.getByText(`is the fix of ${issueId} now`)).toBeVisible();
  expect((await capture()).known_fix).not.toBeNull();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Waiting for review again')).toBeVisible();
  expect((await capture()).known_fix).toBeNull();

  await page.getByRole('button', { name: 'Edit and accept' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Title').fill('Lock gate is held for another vessel');
  await sheet.getByRole('button', { name: 'Save and accept' }).click();
  await expect(page.getByText(`is the fix of ${issueId} now`)).toBeVisible();
  expect((await capture()).known_fix).toMatchObject({ title: 'Lock gate is held for another vessel' });

  await page.getByRole('tab', { name: 'Decided lately' }).click();
  await expect(page.getByText('Accepted').first()).toBeVisible();
});
