import { rmSync } from 'node:fs';
import { freePort, type Launched, launch, makeDataDir } from './fixtures/app';
import { expect, test } from './fixtures/test';

// A machine with nothing but Node: from the printed link to the first error on the screen.

let app: Launched;
let dataDir: string;

test.beforeAll(async () => {
  dataDir = await makeDataDir();
  app = launch({ port: await freePort(), dataDir });
  await app.ready();
});

test.afterAll(async () => {
  app.child.kill('SIGTERM');
  await app.ended;
  rmSync(dataDir, { recursive: true, force: true });
});

test('the set-up link leads to the first error, seen as it arrives', async ({ page, request }) => {
  const link = /http\S+\/setup\?token=\S+/.exec(app.output())?.[0] ?? '';
  expect(link).not.toBe('');

  await page.goto(link);
  await page.getByLabel('Your name').fill('Robin Field');
  await page.getByLabel('E-mail').fill('robin@example.com');
  await page.getByLabel('Password').fill('a password of some length');
  await page.getByLabel('First project').fill('Web shop');
  await page.getByRole('button', { name: 'Set up Errata' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Send the first error to Web shop');
  await expect(page.getByText('Waiting for the first event')).toBeVisible();
  // What the page shows is what one pastes: the address, the key and the body are taken from it.
  const command = (await page.locator('pre').first().textContent()) ?? '';
  const [, address] = /POST (\S+)/.exec(command) ?? [];
  const [, key] = /Bearer (\w+)/.exec(command) ?? [];
  const [, body] = /-d '(\{[\s\S]*\})'/.exec(command) ?? [];
  const answer = await request.post(address ?? '', {
    headers: { authorization: `Bearer ${key}` },
    data: JSON.parse(body ?? '{}'),
  });
  expect(answer.status()).toBe(201);

  await expect(page.getByText('The first error has arrived.')).toBeVisible();
  const { issue_id: issueId } = await answer.json();
  await page.getByRole('link', { name: `Open ${issueId}` }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('ConnectionError');

  await page.goto(link);
  await expect(page.getByText('This set-up link does not work any more')).toBeVisible();
});
