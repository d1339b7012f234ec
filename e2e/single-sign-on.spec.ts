import { rmSync } from 'node:fs';
import { freePort, launch, makeDataDir } from './fixtures/app';
import { type Person, startOidcProvider } from './fixtures/oidc-provider';
import { expect, test } from './fixtures/test';

// Signing in through OpenID Connect: invited people get in under their verified address, nobody else does.

const admin = { email: 'ada@example.com', password: 'correct horse battery' };

test('a provider lets members in by their verified address, and nobody else', async ({ browser }) => {
  test.setTimeout(120_000);
  let person: Person = { sub: '1', name: 'Ada', email: admin.email, email_verified: true };
  const provider = await startOidcProvider(() => person);
  const [dataDir, port] = [await makeDataDir(), await freePort()];
  const app = launch({
    port,
    dataDir,
    env: {
      ERRATA_ADMIN_EMAIL: admin.email,
      ERRATA_ADMIN_PASSWORD: admin.password,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: 'errata-test',
      OIDC_CLIENT_SECRET: 'secret',
      OIDC_NAME: 'Company login',
    },
  });
  const signIn = async () => {
    const context = await browser.newContext({ baseURL: app.url });
    const page = await context.newPage();
    await page.goto('/sign-in?callbackUrl=/knowledge');
    await page.getByRole('button', { name: 'Continue with Company login' }).click();
    return page;
  };
  try {
    await app.ready();

    const member = await signIn();
    await expect(member).toHaveURL(`${app.url}/knowledge`);
    await expect(member.getByRole('heading', { level: 1 })).toHaveText('Knowledge');

    person = { sub: '2', name: 'Eve', email: 'eve@example.com', email_verified: true };
    const stranger = await signIn();
    await expect(stranger).toHaveURL(/\/sign-in\?error=NotInvited/);

    person = { sub: '3', name: 'Mallory', email: admin.email, email_verified: false };
    const unverified = await signIn();
    await expect(unverified).toHaveURL(/\/sign-in\?error=NotInvited/);
  } finally {
    app.child.kill('SIGTERM');
    await app.ended;
    await provider.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
