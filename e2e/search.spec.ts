import { expect, test } from './fixtures/test';

// Somebody pastes a whole stack trace to see whether it is known.

const KNOWN = `## Issue: Chart server refuses old tiles

**Symptoms**:

\`\`\`text
TileVersionMismatch: tile 12/4 has version 3, expected 5
\`\`\`

**Solution**: Empty the cache with \`tiles purge --older-than 5\`.
`;

const TRACE = `Traceback (most recent call last):
  File "/srv/charts/app/render.py", line 88, in render
    tile = self.store.read(x, y)
  File "/srv/charts/app/store.py", line 31, in read
    raise TileVersionMismatch(f"tile {x}/{y} has version {have}, expected {want}")
app.errors.TileVersionMismatch: tile 77/31 has version 2, expected 5`;

test('a pasted stack trace shows its known fix on top', async ({ page, request, signIn, adminToken }) => {
  await request.post('/api/v1/knowledge/import?publish=true&document=charts.md', {
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'text/markdown' },
    data: KNOWN,
  });
  await signIn(page, 'viewer');
  await page.goto('/search');
  const box = page.getByRole('main').getByRole('textbox').or(page.getByRole('main').getByRole('searchbox'));
  await expect(async () => {
    // It searches by itself; Enter would open what an earlier turn has found.
    await box.fill('');
    await box.fill(TRACE);
    await expect(page).toHaveURL(/q=Traceback/, { timeout: 2000 });
  }).toPass();
  const fix = page.getByRole('main').getByText('Chart server refuses old tiles').first();
  await expect(fix).toBeVisible();
  await expect(page.getByText('tiles purge --older-than 5').first()).toBeVisible();

  await page.goto('/search?q=tiles+purge');
  const snippet = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Chart server refuses old tiles' });
  await expect(snippet.first()).toContainText('Empty the cache');
  expect(await snippet.first().textContent()).not.toMatch(/```|\*\*/);
});
