import { fileURLToPath } from 'node:url';
import { runningApp } from '../fixtures/app';
import { test } from '../fixtures/test';

const OUT = process.env.ERRATA_SCREENSHOTS ?? fileURLToPath(new URL('../../test-results/screenshots', import.meta.url));
/** The few that the README shows. */
const README = fileURLToPath(new URL('../../docs/screenshots', import.meta.url));
const SHOWN = new Map([
  ['overview', 'overview'],
  ['issue', 'issue'],
  ['review', 'review'],
  ['guide', 'guide'],
]);

const PAGES: [name: string, path: string][] = [
  ['overview', '/'],
  ['issues', '/issues'],
  ['issue', '/issues/SAMPLE-5'],
  ['review', '/review'],
  ['knowledge', '/knowledge'],
  ['import', '/knowledge/import'],
  ['packs', '/knowledge/packs'],
  ['prevention', '/knowledge/prevention'],
  ['new-entry', '/knowledge/new'],
  ['search', '/search?q=pool'],
  ['guide', '/guide'],
  ['sections', '/guide/sections'],
  ['publishing', '/guide/publishing'],
  ['trends', '/trends'],
  ['resolution', '/trends/resolution'],
  ['learning', '/trends/learning'],
  ['report', '/trends/report'],
  ['releases', '/releases'],
  ['workspace', '/settings/workspace'],
  ['account', '/settings/account'],
  ['projects', '/settings/projects'],
  ['members', '/settings/members'],
  ['tokens', '/settings/tokens'],
];

const VIEWS = [1440, 390].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })));

test('screenshots', async ({ browser, page, signIn, adminToken }) => {
  const { url } = runningApp();
  const headers = { authorization: `Bearer ${adminToken}` };
  await signIn(page, 'admin');
  const storageState = await page.context().storageState();
  for (const data of ['empty', 'sample'] as const) {
    if (data === 'sample') await page.request.post(`${url}/api/v1/demo`, { headers, data: {}, timeout: 120_000 });
    for (const { width, scheme } of VIEWS) {
      const context = await browser.newContext({
        baseURL: url,
        storageState,
        colorScheme: scheme,
        viewport: { width, height: 900 },
      });
      const shown = await context.newPage();
      for (const [name, path] of PAGES) {
        if (data === 'empty' && path.includes('SAMPLE')) continue;
        await shown.goto(path);
        await shown.waitForLoadState('networkidle');
        await shown.screenshot({ path: `${OUT}/${data}/${name}-${width}-${scheme}.png` });
        const readme = SHOWN.get(name);
        if (readme && data === 'sample' && width === 1440 && scheme === 'light') {
          await shown.screenshot({ path: `${README}/${readme}.png` });
        }
      }
      await context.close();
    }
  }
});
