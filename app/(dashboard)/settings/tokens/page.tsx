import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TokensView } from '@/components/settings/tokens-view';
import { listTokens } from '@/lib/auth/create-token.server';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { can } from '@/lib/auth/viewer';

export const metadata: Metadata = { title: 'API tokens' };

export default async function TokensPage() {
  const viewer = await getViewer();
  if (!can(viewer, 'admin')) notFound();
  const { data } = await listTokens({ viewer });
  return <TokensView initial={data} />;
}
