import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { PlainPage } from '@/components/layout/plain-page';
import { ConnectView } from '@/components/setup/connect-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { can } from '@/lib/auth/viewer';
import { publicOrigin } from '@/lib/http/origin.server';
import { listProjects } from '@/lib/projects/manage-projects.server';

export const metadata: Metadata = { title: 'Send your first error' };

export default async function ConnectPage({ searchParams }: { searchParams: Promise<{ project?: string }> }) {
  const { project: slug } = await searchParams;
  const viewer = await getViewer();
  const origin = publicOrigin(new Request('http://localhost', { headers: await headers() }));
  const { data } = await listProjects({ viewer, origin });
  const project = data.find((each) => each.slug === slug) ?? data[0];
  const key = project?.keys.find((each) => each.enabled) ?? project?.keys[0];
  if (!project || !key) notFound();
  return (
    <PlainPage
      wide
      title={`Send the first error to ${project.name}`}
      description="Paste one of these. Errata groups what arrives and shows the fix if it knows one."
    >
      <ConnectView
        project={{ slug: project.slug, name: project.name }}
        dsn={key.dsn}
        publicKey={key.public_key}
        origin={origin}
        canLoadDemo={can(viewer, 'admin')}
        canImport={can(viewer, 'write')}
      />
    </PlainPage>
  );
}
