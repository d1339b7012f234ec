import { defineConfig } from 'prisma/config';

// Prisma's engine is downloaded, not packaged. `prisma generate` does not run it, but insists on a path; any
// executable satisfies it. A real engine named in the environment wins.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://errata@localhost:5432/errata' },
});
