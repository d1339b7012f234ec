import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import GitHubProvider from 'next-auth/providers/github';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { getDb } from '../db/client.server';
import { env } from '../env.server';
import { verifyPassword } from './secrets.server';

export const SESSION_COOKIE = 'errata.session';

/** What signs sessions. The supervisor sets it; there is no default. @throws Error without one. */
export function sessionSecret(): string {
  const secret = env().ERRATA_SECRET;
  if (!secret)
    throw new Error('ERRATA_SECRET is not set: start Errata with `npm start`, or set it to a long random string.');
  return secret;
}

// Ten tries in five minutes for one address and account.
const attempts = new RateLimiterMemory({ points: 10, duration: 300 });

/** Ways to sign in besides a password, as the sign-in page offers them. */
export function signInProviders(): { id: string; name: string }[] {
  const { GITHUB_ID, GITHUB_SECRET, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env();
  return [
    ...(GITHUB_ID && GITHUB_SECRET ? [{ id: 'github', name: 'GitHub' }] : []),
    ...(OIDC_ISSUER && OIDC_CLIENT_ID && OIDC_CLIENT_SECRET ? [{ id: 'oidc', name: OIDC_NAME }] : []),
  ];
}

function providers(): NextAuthOptions['providers'] {
  const { GITHUB_ID, GITHUB_SECRET, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env();
  const list: NextAuthOptions['providers'] = [
    CredentialsProvider({
      name: 'Password',
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      async authorize(credentials, request) {
        const email = (credentials?.email ?? '').trim().toLowerCase();
        const address = String(request.headers?.['x-forwarded-for'] ?? '').split(',')[0];
        try {
          await attempts.consume(`${address} ${email}`);
        } catch {
          throw new Error('TooManyAttempts');
        }
        const user = await getDb().user.findUnique({ where: { email } });
        const valid = await verifyPassword(credentials?.password ?? '', user?.passwordHash ?? null);
        if (!user || !valid || user.disabledAt) return null;
        await attempts.delete(`${address} ${email}`);
        return { id: user.id, email: user.email, name: user.name };
      },
    }),
  ];
  if (GITHUB_ID && GITHUB_SECRET) list.push(GitHubProvider({ clientId: GITHUB_ID, clientSecret: GITHUB_SECRET }));
  if (OIDC_ISSUER && OIDC_CLIENT_ID && OIDC_CLIENT_SECRET) {
    list.push({
      id: 'oidc',
      name: OIDC_NAME,
      type: 'oauth',
      wellKnown: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      authorization: { params: { scope: 'openid email profile' } },
      idToken: true,
      checks: ['pkce', 'state'],
      // Without a verified address anyone could claim an account by writing its e-mail into a profile.
      profile: (profile: { sub: string; name?: string; email?: string; email_verified?: boolean }) => ({
        id: profile.sub,
        name: profile.name ?? profile.email ?? profile.sub,
        email: profile.email_verified === false ? null : (profile.email ?? null),
      }),
    });
  }
  return list;
}

/** Finds the member that a provider's account belongs to, linking it by e-mail the first time. Nobody is created here: members are invited. */
async function memberOf(provider: string, providerAccountId: string, email: string | null | undefined) {
  const db = getDb();
  const linked = await db.account.findUnique({
    where: { provider_providerAccountId: { provider, providerAccountId } },
    include: { user: true },
  });
  if (linked) return linked.user;
  const user = email ? await db.user.findUnique({ where: { email: email.toLowerCase() } }) : null;
  if (user) await db.account.create({ data: { provider, providerAccountId, userId: user.id } });
  return user;
}

export function authOptions(): NextAuthOptions {
  const secure = env().ERRATA_PUBLIC_URL?.startsWith('https://') ?? false;
  return {
    secret: sessionSecret(),
    session: { strategy: 'jwt', maxAge: 30 * 24 * 3600 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: providers(),
    cookies: {
      sessionToken: { name: SESSION_COOKIE, options: { httpOnly: true, sameSite: 'lax', path: '/', secure } },
    },
    callbacks: {
      async signIn({ user, account }) {
        if (!account || account.provider === 'credentials') return true;
        const member = await memberOf(account.provider, account.providerAccountId, user.email);
        return Boolean(member && !member.disabledAt) || '/sign-in?error=NotInvited';
      },
      async jwt({ token, user, account }) {
        if (!user || !account) return token;
        const member =
          account.provider === 'credentials'
            ? await getDb().user.findUnique({ where: { id: user.id } })
            : await memberOf(account.provider, account.providerAccountId, user.email);
        return member ? { sub: member.id, name: member.name, email: member.email, epoch: member.sessionEpoch } : token;
      },
    },
  };
}
