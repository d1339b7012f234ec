import { expect, test } from './fixtures/test';

// A query completed by keyboard, kept as a view, shared, and opened by somebody else.

test('a view is saved, shared, and opens the list of another', async ({
  page,
  browser,
  request,
  signIn,
  createProject,
}) => {
  const project = await createProject('Moorings');
  for (const service of ['ferry-desk', 'ferry-crane']) {
    await request.post('/errors', {
      headers: { 'x-errata-key': project.key },
      data: {
        service,
        context: 'quay',
        error_type: 'MooringError',
        error_message: `no berth for ${service}`,
        severity: 'high',
      },
    });
  }
  await signIn(page, 'engineer');
  await page.goto(`/issues?status=all&project=${project.slug}`);
  await expect(page.getByRole('link', { name: /no berth for/ })).toHaveCount(2);

  const box = page.getByRole('combobox', { name: 'Search issues' });
  await box.pressSequentially('serv');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('service:');
  await box.pressSequentially('ferry-c');
  await expect(page.getByRole('option', { name: /ferry-crane/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: /no berth for/ })).toHaveCount(1);

  const name = `Cranes ${project.slug}`;
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Save this view' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByText('Share with everybody').click();
  await dialog.getByRole('button', { name: 'Save view' }).click();
  await expect(page.getByRole('button', { name })).toBeVisible();

  const other = await browser.newPage();
  await signIn(other, 'viewer');
  await other.goto('/issues?status=all');
  await other.getByRole('button', { name: 'Views', exact: true }).click();
  await other.getByRole('menuitem', { name }).click();
  await expect(other.getByRole('link', { name: /no berth for ferry-crane/ })).toBeVisible();
  await other.getByRole('button', { name }).click();
  await other.getByRole('menuitem', { name: 'Open the page with it' }).click();
  await expect(other.getByText('The page opens with')).toBeVisible();
  await other.goto('/issues');
  await expect(other).toHaveURL(/service/);
  await expect(other.getByRole('link', { name: /no berth for/ })).toHaveCount(1);
  await other.close();
});
