import type { Metadata } from 'next';
import { PlainPage } from '@/components/layout/plain-page';
import { SetupForm } from '@/components/setup/setup-form';
import { ButtonLink } from '@/components/ui/button';
import { isSetupTokenValid } from '@/lib/auth/bootstrap.server';

export const metadata: Metadata = { title: 'Set up', referrer: 'no-referrer' };

export default async function SetupPage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const { token = '' } = await searchParams;
  if (!(await isSetupTokenValid(token)))
    return (
      <PlainPage
        title="This set-up link does not work any more"
        description="It has been used, or Errata was restarted and printed a newer one in the terminal. If somebody has set Errata up already, sign in."
      >
        <ButtonLink href="/sign-in">Sign in</ButtonLink>
      </PlainPage>
    );
  return (
    <PlainPage title="Set up Errata" description="You become its first admin. This takes a minute.">
      <SetupForm token={token} />
    </PlainPage>
  );
}
