import { expect, test } from './fixtures/test';

// Whoever may only read sees no control they cannot use, and the API refuses them too.

test('a viewer finds nothing to press that would be refused', async ({ page, request, signIn, createProject }) => {
  const project = await createProject('Read only');
  const captured = await request.post('/errors', {
    headers: { 'x-errata-key': project.key },
    data: {
      service: 'billing',
      context: 'charge',
      error_type: 'CardError',
      error_message: 'card was declined',
      severity: 'medium',
    },
  });
  const { issue_id: issueId } = await captured.json();
  await signIn(page, 'viewer');

  await page.goto(`/issues/${issueId}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('card was declined');
  for (const name of ['Resolve', 'Mute', 'Assign', 'Accept fix', 'Comment', 'Merge']) {
    await expect(page.getByRole('button', { name }), name).toHaveCount(0);
  }

  await page.goto('/issues');
  await expect(page.getByRole('link', { name: /card was declined/ }).first()).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);

  await page.goto('/knowledge');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Knowledge');
  for (const name of ['New entry', 'Import']) {
    await expect(page.getByRole('link', { name, exact: true }), name).toHaveCount(0);
  }

  await page.goto('/settings/account');
  await expect(page.getByRole('link', { name: 'Account', exact: true })).toBeVisible();
  for (const name of ['API tokens', 'Workspace']) {
    await expect(page.getByRole('link', { name, exact: true }), name).toHaveCount(0);
  }
  expect((await page.context().request.get('/api/v1/tokens')).status()).toBe(403);

  const refused = await page.context().request.patch(`/api/v1/issues/${issueId}`, { data: { status: 'resolved' } });
  expect(refused.status()).toBe(403);
  expect(await refused.json()).toMatchObject({ code: 'forbidden' });
});

test('somebody who is not signed in is sent to sign in, and back', async ({ page, accounts }) => {
  const admin = accounts.get('admin');
  await page.goto('/knowledge?status=published');
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
  await page.getByLabel('E-mail').fill(admin?.email ?? '');
  await page.getByLabel('Password').fill(admin?.password ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/knowledge\?status=published$/);
});
