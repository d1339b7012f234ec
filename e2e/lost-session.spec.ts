import { expect, test } from './fixtures/test';

// A session that ends, and a connection that is lost, in the middle of an edit: what was written is offered again.

test.use({ expectedErrors: [/401|ERR_INTERNET_DISCONNECTED/] });

test('words written into an ended session are offered again after signing in', async ({
  page,
  request,
  signIn,
  adminToken,
}) => {
  const made = await request.post('/api/v1/knowledge', {
    headers: { authorization: `Bearer ${adminToken}` },
    data: { title: 'Winch slips', symptoms: 'It slips.' },
  });
  const { id } = await made.json();
  await signIn(page, 'engineer');
  await page.goto(`/knowledge/${id}/edit`);
  const symptoms = page.getByRole('textbox', { name: 'Symptoms', exact: true });
  await symptoms.click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.context().clearCookies();
  await page.keyboard.type(' Words of a lost session.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Your session has ended').first()).toBeVisible();

  page.on('dialog', (dialog) => void dialog.accept());
  await signIn(page, 'engineer');
  await page.goto(`/knowledge/${id}/edit`);
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(symptoms).toContainText('Words of a lost session.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/knowledge/${id}$`));
  await expect(page.getByText('Words of a lost session.')).toBeVisible();
});

test('words written without a connection are kept, and another browser is offered those the server has', async ({
  browser,
  page,
  signIn,
}) => {
  await signIn(page, 'engineer');
  await page.goto('/knowledge/new');
  await page.getByLabel('Title', { exact: true }).fill('Crane drifts');
  await expect(page.getByText('Draft kept', { exact: true })).toBeVisible();
  await page.context().setOffline(true);
  await page.getByLabel('Title', { exact: true }).fill('Crane drifts in wind');
  await expect(page.getByText('Errata cannot be reached.')).toBeVisible();

  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(elsewhere, 'engineer');
  await elsewhere.goto('/knowledge/new');
  await elsewhere.getByRole('button', { name: 'Restore' }).click();
  await expect(elsewhere.getByLabel('Title', { exact: true })).toHaveValue('Crane drifts');
  await elsewhere.context().close();

  await page.context().setOffline(false);
  await expect(page.getByText('Draft kept', { exact: true })).toBeVisible({ timeout: 30_000 });
});
