import { expect, test } from './fixtures/test';

// A team's own document, dropped on the page: first what it would become, then the import.

const DOCUMENT = `# Harbour errors

## Issue: Tide table is a day behind

**Symptoms**:

\`\`\`text
TideTableStale: table of yesterday
\`\`\`

**Solution**: Fetch the table before the shift begins.

## Issue: Beacon answers in Latin

**Symptoms**: \`BeaconCharsetError: lux non intelligitur\`

**Solution**: Set the charset of the beacon to UTF-8.
`;

test('dropped documents are previewed, imported and not taken twice', async ({ page, signIn }) => {
  await signIn(page, 'reviewer');
  const drop = async () => {
    await page.goto('/knowledge/import');
    await expect(page.getByRole('button', { name: 'Choose files' })).toBeEnabled();
    const files = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'harbour-errors.md', { type: 'text/markdown' }));
      transfer.items.add(new File(['{"entries":'], 'cut-off.json', { type: 'application/json' }));
      return transfer;
    }, DOCUMENT);
    const zone = page.getByLabel('Files to import').locator('..');
    // The page takes files once React has taken it over.
    await expect(async () => {
      await zone.dispatchEvent('drop', { dataTransfer: files });
      await expect(page.getByLabel('Chosen files')).toContainText('harbour-errors.md', { timeout: 1000 });
    }).toPass();
  };

  await drop();
  const totals = page.getByLabel('Totals');
  await expect(totals).toContainText('2 new');
  await expect(totals).toContainText('1 cannot be read');
  await expect(page.getByText('Nothing is stored yet')).toBeVisible();
  const stored = await page.context().request.get('/api/v1/knowledge?query=Beacon');
  expect((await stored.json()).data).toEqual([]);

  await page.getByRole('button', { name: 'Import and publish' }).click();
  await expect(page.getByText('Imported. 2 created')).toBeVisible();
  await page.getByRole('link', { name: /Beacon answers in Latin/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Beacon answers in Latin');
  await expect(page.getByText('Published').first()).toBeVisible();

  await drop();
  await expect(page.getByText('These files bring no new or changed entry')).toBeVisible();
});
