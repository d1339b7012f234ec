import { AppError } from '../errors';
import { impliedScopes, ROLE_SCOPES, type Role, type Scope } from './permissions';

declare const viewerBrand: unique symbol;

/**
 * Whoever asks: a person or an API token. Every use case takes one, and only `get-viewer.server.ts` makes them (and
 * tests, through `makeViewer`), so that authorization cannot be forgotten.
 */
export interface Viewer {
  readonly [viewerBrand]: true;
  readonly kind: 'user' | 'token' | 'system';
  /** UUID of the user or the token; null for the system. */
  readonly id: string | null;
  /** The user acting, for columns that point at people; null for tokens and the system. */
  readonly userId: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role | null;
  readonly scopes: ReadonlySet<Scope>;
}

/** A person, with the scopes of the role. */
export function userViewer(user: { id: string; name: string; email: string; role: Role }): Viewer {
  return {
    kind: 'user',
    id: user.id,
    userId: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    scopes: new Set(ROLE_SCOPES[user.role]),
  } as Omit<Viewer, typeof viewerBrand> as Viewer;
}

/** An API token, with the scopes it was made with. */
export function tokenViewer(token: { id: string; name: string; scopes: readonly Scope[] }): Viewer {
  return {
    kind: 'token',
    id: token.id,
    userId: null,
    name: token.name,
    email: null,
    role: null,
    scopes: new Set(token.scopes.flatMap(impliedScopes)),
  } as Omit<Viewer, typeof viewerBrand> as Viewer;
}

/** Jobs, the command line on the machine itself, and the bootstrap. */
export function systemViewer(name = 'Errata'): Viewer {
  return {
    kind: 'system',
    id: null,
    userId: null,
    name,
    email: null,
    role: null,
    scopes: new Set<Scope>(['read', 'write', 'review', 'admin']),
  } as Omit<Viewer, typeof viewerBrand> as Viewer;
}

export const can = (viewer: Viewer, scope: Scope): boolean => viewer.scopes.has(scope);

/** @throws AppError `forbidden` naming the scope that is missing. */
export function assertCan(viewer: Viewer, scope: Scope): void {
  if (!can(viewer, scope))
    throw new AppError('forbidden', `This needs the "${scope}" permission, which ${viewer.name} does not have.`);
}
