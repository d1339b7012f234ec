import type { NextConfig } from 'next';

const development = process.env.NODE_ENV === 'development';

// Next writes inline scripts, so they must be allowed; everything else comes from here alone. Event texts and imported
// Markdown are rendered as text or sanitised, this is the second line.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Routes of the capture guide that stand at the root, and are API routes like the others. */
const ROOT_ROUTES = ['stats', 'status', 'analytics', 'metrics', 'trigger-learning', 'reset-stats'];

export default {
  poweredByHeader: false,
  // Both names of this machine work in development; Next would refuse hot reload to the second one.
  allowedDevOrigins: ['127.0.0.1'],
  devIndicators: false,
  // Sentry SDKs post to paths that end in a slash; a redirect would lose the body.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: ['@prisma/client', '@prisma/adapter-pg', 'graphile-worker', 'pg', 'pino', 'prom-client'],
  images: { unoptimized: true },
  // `npm run types` checks them; whoever starts a released version need not wait for it.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
  async headers() {
    return [
      {
        // Pages and the API. A script, style or font is never a document: what follows would only weigh on it.
        source: '/((?!_next/static/).*)',
        headers: [
          { key: 'Content-Security-Policy', value: contentSecurityPolicy },
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'Referrer-Policy', value: 'same-origin' },
          { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
          { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()' },
        ],
      },
    ];
  },
  async rewrites() {
    return ROOT_ROUTES.map((path) => ({ source: `/${path}`, destination: `/api/${path}` }));
  },
} satisfies NextConfig;
