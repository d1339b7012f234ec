import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { runningApp } from './fixtures/app';
import { expect, test } from './fixtures/test';

// Every page with data on it: on a phone and on a desk, light and dark, nothing runs out at the side, nothing keeps
// assistive technology out. The fixture fails a test whose page logs an error.

const PAGES = [
  '/',
  '/issues',
  '/issues/SAMPLE-1',
  '/review',
  '/review?tab=decided',
  '/review?tab=entries',
  '/knowledge',
  '/knowledge/new',
  '/knowledge/import',
  '/knowledge/packs',
  '/knowledge/prevention',
  '/search',
  '/search?q=connection',
  '/guide',
  '/guide/sections',
  '/guide/publishing',
  '/trends',
  '/trends/resolution',
  '/trends/learning',
  '/trends/report',
  '/releases',
  '/releases/sample',
  '/settings/account',
  '/settings/projects',
  '/settings/members',
  '/settings/tokens',
  '/settings/workspace',
  '/setup/connect?project=sample',
];
const LOOKS = [
  { width: 1440, height: 900, colorScheme: 'light', axe: true },
  { width: 390, height: 844, colorScheme: 'light', axe: false },
  { width: 1440, height: 900, colorScheme: 'dark', axe: false },
  { width: 390, height: 844, colorScheme: 'dark', axe: true },
] as const;

test.beforeAll(async ({ request, adminToken }) => {
  test.setTimeout(120_000);
  await request.post(`${runningApp().url}/api/v1/demo`, {
    headers: { authorization: `Bearer ${adminToken}` },
    timeout: 100_000,
  });
});

test.afterAll(async ({ request, adminToken }) => {
  await request.delete(`${runningApp().url}/api/v1/demo`, {
    headers: { authorization: `Bearer ${adminToken}` },
    timeout: 60_000,
  });
});

async function check(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  for (const { width, height, colorScheme, axe } of LOOKS) {
    const look = `${address} at ${width} px, ${colorScheme}`;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html'), look).toHaveAttribute('data-theme', colorScheme);
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await expect.poll(overflow, { message: `${look} scrolls sideways` }).toBeLessThanOrEqual(0);
    if (!axe) continue;
    const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
    expect.soft(found, look).toEqual([]);
  }
}

// The pages share one browser page, and no trace is kept of it: signing in and recording would take longer than looking.
test.use({ trace: 'off' });

test('every page fits and can be read', async ({ page, signIn }) => {
  test.setTimeout(480_000);
  await check(page, '/sign-in');
  await signIn(page, 'admin');
  const answer = await page.context().request.get('/api/v1/knowledge?limit=1');
  const { id } = (await answer.json()).data[0];
  const projects = (await (await page.context().request.get('/api/v1/projects')).json()).data;
  const sample = `/settings/projects/${projects.find(({ slug }: { slug: string }) => slug === 'sample').id}`;
  await page.goto('/releases');
  const release = await page.getByRole('main').locator('a[href^="/releases/sample/"]').first().getAttribute('href');
  const found = [`/knowledge/${id}`, `/knowledge/${id}/edit`, sample, `${sample}/grouping`, release ?? ''];
  for (const address of [...PAGES, ...found]) {
    await test.step(address, () => check(page, address));
  }
});
