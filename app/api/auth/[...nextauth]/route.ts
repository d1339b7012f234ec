import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth/options.server';

type Context = { params: Promise<{ nextauth: string[] }> };

// Made per request: the options read the environment, which the build does not have.
const handle = (request: Request, context: Context) => NextAuth(authOptions())(request, context);

export { handle as GET, handle as POST };
