import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { DENSITY_COOKIE, readDensity } from '@/components/layout/density';
import { Shell } from '@/components/layout/shell';
import { SIDEBAR_COOKIE } from '@/components/layout/sidebar-cookie';
import { ViewerProvider } from '@/components/layout/viewer';
import { ZONE_COOKIE } from '@/components/layout/zone';
import { ZoneCookie } from '@/components/layout/zone-cookie';
import { ClockProvider } from '@/components/ui/clock';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { listEnvironments } from '@/lib/projects/list-environments.server';
import { listProjects } from '@/lib/projects/manage-projects.server';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  const now = new Date();
  const [projects, environments, jar] = await Promise.all([
    listProjects({ viewer, origin: 'http://localhost' }),
    listEnvironments({ viewer, now }),
    cookies(),
  ]);
  return (
    <ViewerProvider
      viewer={{
        id: viewer.userId,
        name: viewer.name,
        email: viewer.email,
        role: viewer.role,
        scopes: [...viewer.scopes],
      }}
    >
      <ZoneCookie known={jar.get(ZONE_COOKIE)?.value} />
      <ClockProvider renderedAt={now.getTime()}>
        <Shell
          projects={projects.data.map(({ id, slug, name, demo }) => ({ id: String(id), slug, name, demo }))}
          environments={environments}
          initialDensity={readDensity(jar.get(DENSITY_COOKIE)?.value)}
          initiallyCollapsed={jar.get(SIDEBAR_COOKIE)?.value === 'collapsed'}
        >
          {children}
        </Shell>
      </ClockProvider>
    </ViewerProvider>
  );
}
