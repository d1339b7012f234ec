import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { callbackPath } from '@/components/layout/callback-path';
import { PlainPage } from '@/components/layout/plain-page';
import { SignInForm } from '@/components/setup/sign-in-form';
import { Alert } from '@/components/ui/alert';
import { hasAdmin } from '@/lib/auth/bootstrap.server';
import { findViewer } from '@/lib/auth/get-viewer.server';
import { signInProviders } from '@/lib/auth/options.server';

export const metadata: Metadata = { title: 'Sign in' };

type SearchParams = Promise<{ callbackUrl?: string; error?: string }>;

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const { callbackUrl, error } = await searchParams;
  const path = callbackPath(callbackUrl);
  if (await findViewer()) redirect(path);
  return (
    <PlainPage title="Sign in">
      {(await hasAdmin()) ? null : (
        <Alert tone="info" className="mb-4">
          Errata has not been set up yet. Open the set-up link that it printed in the terminal when it started.
        </Alert>
      )}
      <SignInForm callbackPath={path} providers={signInProviders()} initialError={error} />
    </PlainPage>
  );
}
