import type { Metadata } from 'next';
import { PlainPage } from '@/components/layout/plain-page';
import { InviteForm } from '@/components/setup/invite-form';
import { ButtonLink } from '@/components/ui/button';

export const metadata: Metadata = { title: 'Join Errata' };

export default async function InvitePage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const { token } = await searchParams;
  if (!token)
    return (
      <PlainPage title="This invitation is cut short" description="Open the whole link you were sent, up to its end.">
        <ButtonLink href="/sign-in">Sign in instead</ButtonLink>
      </PlainPage>
    );
  return (
    <PlainPage title="Join Errata" description="Choose a password to sign in with from now on.">
      <InviteForm token={token} />
    </PlainPage>
  );
}
