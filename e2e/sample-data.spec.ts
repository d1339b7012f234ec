import { expect, test } from './fixtures/test';

// One click to look around, one to be rid of it.

test('the sample data is loaded and removed whole', async ({ page, signIn }) => {
  test.setTimeout(120_000);
  await signIn(page, 'admin');
  const { request } = page.context();
  const entries = async () => (await (await request.get('/api/v1/knowledge/facets')).json()) as object;
  const before = await entries();

  await page.goto('/settings/workspace');
  const load = page.getByRole('button', { name: 'Load sample data' });
  await load.click();
  await expect(load).toBeDisabled();
  await expect(page.getByText('The sample data is loaded')).toBeVisible({ timeout: 60_000 });

  await page.goto('/?project=sample&range=30d');
  await expect(page.getByRole('heading', { name: 'Events over time' })).toBeVisible();
  await expect(page.getByRole('link', { name: /SAMPLE-\d+|Error/ }).first()).toBeVisible();
  await page.goto('/issues?project=sample&range=30d&status=all');
  await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(10);

  await page.goto('/settings/workspace');
  await page.getByRole('button', { name: 'Remove sample data' }).click();
  await expect(page.getByText('The sample data is gone')).toBeVisible({ timeout: 60_000 });
  expect(await entries()).toEqual(before);
  expect((await (await request.get('/api/v1/projects')).json()).data).not.toContainEqual(
    expect.objectContaining({ slug: 'sample' }),
  );
});
