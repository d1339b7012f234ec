import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getToken } from 'next-auth/jwt';
import { getDb } from '../db/client.server';
import { SESSION_COOKIE, sessionSecret } from './options.server';
import { type Role, roleSchema, type Scope } from './permissions';
import { sha256 } from './secrets.server';
import { tokenViewer, userViewer, type Viewer } from './viewer';

/** Last-used stamps are written at most this often. */
const STAMP_MS = 60_000;

/**
 * Who sends this request: an API token (`Authorization: Bearer errata_…`) or a session cookie; null for neither, and for
 * a token revoked or expired, a person disabled, or a session ended.
 */
export async function viewerFromRequest(request: Request): Promise<Viewer | null> {
  const bearer = /^Bearer\s+(errata_\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (bearer) return viewerFromToken(bearer, new Date());
  const cookie = parseCookie(request.headers.get('cookie') ?? '');
  return viewerFromCookie(cookie, new Date());
}

/** The same for pages. */
export async function findViewer(): Promise<Viewer | null> {
  const jar = await cookies();
  return viewerFromCookie(Object.fromEntries(jar.getAll().map((c) => [c.name, c.value])), new Date());
}

/** The viewer of a page; sends people who are not signed in to the sign-in page and back here afterwards. */
export async function getViewer(): Promise<Viewer> {
  const viewer = await findViewer();
  if (viewer) return viewer;
  const path = pagePath((await headers()).get('x-errata-path') ?? '/');
  redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
}

/** The address without what Next adds to its own requests. */
function pagePath(path: string): string {
  const url = new URL(path, 'http://errata');
  url.searchParams.delete('_rsc');
  return url.pathname + url.search;
}

async function viewerFromToken(token: string, now: Date): Promise<Viewer | null> {
  const row = await getDb().apiToken.findUnique({ where: { hash: sha256(token) } });
  if (!row || row.revokedAt || (row.expiresAt && row.expiresAt <= now)) return null;
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > STAMP_MS) {
    await getDb().apiToken.update({ where: { id: row.id }, data: { lastUsedAt: now } });
  }
  return tokenViewer({ id: row.id, name: row.name, scopes: row.scopes as Scope[] });
}

async function viewerFromCookie(cookie: Record<string, string>, now: Date): Promise<Viewer | null> {
  if (!cookie[SESSION_COOKIE] && !cookie[`${SESSION_COOKIE}.0`]) return null;
  const request = { headers: {}, cookies: cookie } as unknown as Parameters<typeof getToken>[0]['req'];
  const token = await getToken({ req: request, secret: sessionSecret(), cookieName: SESSION_COOKIE });
  if (!token?.sub) return null;
  const user = await getDb().user.findUnique({ where: { id: token.sub } });
  if (!user || user.disabledAt || user.sessionEpoch !== token.epoch) return null;
  if (!user.lastSeenAt || now.getTime() - user.lastSeenAt.getTime() > STAMP_MS) {
    await getDb().user.update({ where: { id: user.id }, data: { lastSeenAt: now } });
  }
  return userViewer({ id: user.id, name: user.name, email: user.email, role: roleSchema.parse(user.role) as Role });
}

function parseCookie(header: string): Record<string, string> {
  const jar: Record<string, string> = {};
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0) jar[pair.slice(0, at).trim()] = decodeURIComponentSafe(pair.slice(at + 1).trim());
  }
  return jar;
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
