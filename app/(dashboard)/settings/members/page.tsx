import type { Metadata } from 'next';
import { MembersView } from '@/components/settings/members-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { listUsers } from '@/lib/auth/list-users.server';

export const metadata: Metadata = { title: 'Members' };

export default async function MembersPage() {
  const { data } = await listUsers({ viewer: await getViewer() });
  return <MembersView initial={data} />;
}
