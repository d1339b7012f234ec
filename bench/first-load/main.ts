import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { findChromium } from '../../e2e/fixtures/chromium';

// What a page sends before it can be used: the bytes on the wire of the scripts that its document asks for, and of those
// that come by themselves once it has started (charts, editors, what stands below). What comes with the first movement of
// a person (menus, dialogs, toasts) is in neither. Against a running production server, with the sample data unless pages
// are named:
//   tsx bench/first-load/main.ts --url http://localhost:3000 --email ada@example.com --password … / /issues /trends

const BUDGET_KB = 200;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    email: { type: 'string' },
    password: { type: 'string' },
  },
});
const EVERY_PAGE = `
  / /issues /issues/SAMPLE-1 /review /search
  /knowledge /knowledge/ERROR-001 /knowledge/ERROR-001/edit /knowledge/new /knowledge/import /knowledge/packs /knowledge/prevention
  /guide /guide/sections /guide/publishing /guide/print
  /trends /trends/resolution /trends/learning /trends/report /releases /releases/sample
  /settings/account /settings/projects /settings/projects/sample /settings/projects/sample/grouping
  /settings/members /settings/tokens /settings/workspace /setup/connect?project=sample`
  .trim()
  .split(/\s+/);
const pages = positionals.length > 0 ? positionals : EVERY_PAGE;

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto(`${values.url}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
}

/** Compressed kilobytes of scripts: named by the document, and asked for afterwards. */
async function scriptsOf(page: Page, address: string): Promise<{ first: number; later: number }> {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Network.enable');
  await protocol.send('Network.setCacheDisabled', { cacheDisabled: true });
  const urls = new Map<string, string>();
  const bytes = new Map<string, number>();
  protocol.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script') urls.set(requestId, response.url);
  });
  protocol.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const url = urls.get(requestId);
    if (url) bytes.set(url, encodedDataLength);
  });
  const response = await page.goto(`${values.url}${address}`, { waitUntil: 'networkidle' });
  const document = (await response?.text()) ?? '';
  await protocol.detach();
  const sum = { first: 0, later: 0 };
  for (const [url, size] of bytes)
    sum[document.includes(`src="${new URL(url).pathname}"`) ? 'first' : 'later'] += size / 1000;
  return sum;
}

const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
const page = await browser.newPage();
if (values.email && values.password) await signIn(page, values.email, values.password);
for (const address of pages) {
  const { first, later } = await scriptsOf(page, address);
  const over = first > BUDGET_KB ? `  over ${BUDGET_KB}` : '';
  console.log(
    `${address.padEnd(36)} ${first.toFixed(0).padStart(5)} kB  then ${later.toFixed(0).padStart(4)} kB${over}`,
  );
  if (over) process.exitCode = 1;
}
await browser.close();
