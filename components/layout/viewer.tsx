'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { Role, Scope } from '@/lib/auth/permissions';

/** Who is signed in, as the browser may know it. */
export interface ViewerInfo {
  id: string | null;
  name: string;
  email: string | null;
  role: Role | null;
  scopes: readonly Scope[];
}

const ViewerContext = createContext<ViewerInfo | null>(null);

export function ViewerProvider({ viewer, children }: { viewer: ViewerInfo; children: ReactNode }) {
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}

/** The signed-in person and `can('write')`: what they cannot do is not shown. The API decides all the same. */
export function useViewer(): ViewerInfo & { can: (scope: Scope) => boolean } {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('useViewer is called outside the dashboard layout');
  return { ...viewer, can: (scope) => viewer.scopes.includes(scope) };
}

/** Shows its children only to those who may. */
export function Can({ scope, children }: { scope: Scope; children: ReactNode }) {
  return useViewer().can(scope) ? children : null;
}
