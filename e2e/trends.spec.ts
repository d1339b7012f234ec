import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures/test';

// From a chart to the issues behind a point of it, to the list, and out as a file.

test('a point of a chart leads to its issues', async ({ page, request, signIn, createProject }) => {
  const project = await createProject('Tides');
  for (let count = 0; count < 3; count++) {
    await request.post('/errors', {
      headers: { 'x-errata-key': project.key },
      data: {
        service: 'tide-gauge',
        context: 'reading',
        error_type: 'GaugeError',
        error_message: `gauge ${count} is stuck`,
        severity: 'high',
      },
    });
  }
  await signIn(page, 'engineer');
  await page.goto(`/trends?project=${project.slug}&range=24h`);
  const chart = page.getByRole('region', { name: 'Events over time', exact: true });
  await chart.getByRole('button', { name: 'View as table' }).click();
  await chart.getByRole('row', { name: /\b3\b/ }).getByRole('button').click();

  const sheet = page.getByRole('dialog', { name: 'Issues behind this point' });
  await expect(sheet.getByRole('link', { name: /is stuck/ })).toBeVisible();
  await sheet.getByRole('link', { name: 'Open in issues' }).click();
  await expect(page).toHaveURL(/\/issues\?.*from=/);
  await expect(page.getByRole('link', { name: /is stuck/ })).toBeVisible();

  await page.goto(`/trends?project=${project.slug}&range=24h`);
  await chart.getByRole('button', { name: 'Export Events over time' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Download CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('events-over-time.csv');
  expect(await readFile(await file.path(), 'utf8')).toContain('tide-gauge');
});

test('a week is one page', async ({ page, signIn }) => {
  await signIn(page, 'viewer');
  await page.goto('/trends/report');
  await expect(page.getByRole('heading', { name: 'Events by day' })).toBeVisible();
  await page
    .getByRole('button', { name: /^Week \d{4}-W\d\d$/ })
    .first()
    .click();
  await expect(page).toHaveURL(/week=\d{4}-W\d\d/);
});
