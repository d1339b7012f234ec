import { expect, test } from './fixtures/test';

// Somebody works on one issue: finds the events that matter, passes them on, asks a colleague.

test('an issue is filtered, shared, copied for a ticket, linked and talked about', async ({
  page,
  context,
  request,
  signIn,
  createProject,
}) => {
  const project = await createProject('Harbour');
  const events: { id: string; issue: string }[] = [];
  for (const [index, browser] of ['Firefox', 'Safari', 'Firefox'].entries()) {
    const captured = await request.post('/errors', {
      headers: { 'x-errata-key': project.key },
      data: {
        ...{ service: 'quay', context: 'unload', error_type: 'CraneStuck', severity: 'high' },
        error_message: `CraneStuck at berth ${index}`,
        stack_trace: 'CraneStuck: at berth\n    at lift (/app/src/crane.ts:12:5)\n    at main (/app/src/main.ts:3:1)',
        tags: { browser },
      },
    });
    expect(captured.status()).toBe(201);
    const { id, issue_id } = (await captured.json()) as { id: string; issue_id: string };
    events.push({ id, issue: issue_id });
  }
  const issue = events[0]?.issue ?? '';
  expect(new Set(events.map((event) => event.issue)).size).toBe(1);

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, 'engineer');

  // The address of one event leads to it.
  await page.goto(`/issues/${issue}/events/${events[1]?.id}`);
  await expect(page).toHaveURL(new RegExp(`/issues/${issue}\\?event=${events[1]?.id}$`));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('CraneStuck');

  // A tag narrows the list and the steps.
  await expect(async () => {
    await page.getByRole('button', { name: 'Firefox' }).click();
    await expect(page).toHaveURL(/filter=browser(:|%3A)Firefox/, { timeout: 1000 });
  }).toPass();
  const list = page.locator('#events');
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('k');
  await expect(page).toHaveURL(new RegExp(`event=${events[2]?.id}`));
  await page.keyboard.press('j');
  await expect(page).toHaveURL(new RegExp(`event=${events[0]?.id}`));
  await page.getByLabel('Filter the events').fill('browser:Opera');
  await page.getByLabel('Filter the events').press('Enter');
  await list.getByRole('button', { name: 'Clear the filter' }).last().click();
  await expect(list.getByRole('listitem')).toHaveCount(3);

  // The ticket has what it needs, and is linked back.
  await page.getByRole('button', { name: 'Ticket' }).click();
  await page.getByRole('menuitem', { name: /Copy as Markdown/ }).click();
  await expect(page.getByText('Copied as Markdown')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('### CraneStuck');
  expect(copied).toContain('- **Events:** 3');
  expect(copied).toContain('at lift (/app/src/crane.ts:12:5)');
  expect(copied).toContain(`/issues/${issue})`);
  await page.getByRole('button', { name: 'Ticket' }).click();
  await page.getByRole('menuitem', { name: 'Link a ticket' }).click();
  await page.getByLabel('Address').fill('https://github.com/acme/harbour/issues/42');
  await page.getByRole('button', { name: 'Link', exact: true }).click();
  await expect(page.getByRole('link', { name: 'acme/harbour#42' })).toBeVisible();
  await expect(page.getByText('linked it to acme/harbour#42')).toBeVisible();

  // A colleague is called by completion, and told.
  const comment = page.getByLabel('Write a comment');
  await comment.pressSequentially('Ask @ad');
  await page.getByRole('option').first().click();
  await expect(comment).toHaveValue(/^Ask @ad\S+ $/);
  await comment.pressSequentially('about the crane');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(page.getByText('about the crane')).toBeVisible();
  await signIn(page, 'admin');
  const inbox = (await (await context.request.get('/api/v1/notifications')).json()) as { data: { title: string }[] };
  expect(inbox.data[0]?.title).toContain(`mentioned you on ${issue}`);
});
