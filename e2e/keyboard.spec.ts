import { expect, test } from './fixtures/test';

// Triage without touching the mouse.

test('issues are resolved, assigned and opened by keys alone', async ({ page, request, signIn, createProject }) => {
  const project = await createProject('Keyboard');
  for (const name of ['AnchorLost', 'BerthTaken', 'CraneStuck']) {
    const captured = await request.post('/errors', {
      headers: { 'x-errata-key': project.key },
      data: {
        service: name,
        context: 'quay',
        error_type: name,
        error_message: `${name} at the quay`,
        severity: 'high',
      },
    });
    expect(captured.status()).toBe(201);
  }
  await signIn(page, 'engineer');
  await page.goto(`/issues?project=${project.slug}`);
  const active = page.locator('tr[data-active]');
  // Keys work once React has taken over the page.
  await expect(async () => {
    await page.keyboard.press('j');
    await expect(active).toHaveCount(1, { timeout: 500 });
  }).toPass();
  for (let row = 0; row < 3; row++) await page.keyboard.press('k');
  await expect(active).toContainText('CraneStuck');

  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('e');
  await expect(page.getByText('Resolved 2 issues')).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(page.getByRole('row')).toHaveCount(4);

  await page.locator('body').press('a');
  await expect(page.getByText(/^Assigned \w+-\d/)).toBeVisible();

  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('at the quay');
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/issues\\?project=${project.slug}`));

  await page.keyboard.press('/');
  await page.keyboard.type('is:new AnchorLost');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page).toHaveURL(/query=is:new/);

  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
});
