import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

const alias = {
  // Outside Next's bundler this package throws by design; tests are the server.
  'server-only': `${root}node_modules/server-only/empty.js`,
  '@/': root,
};

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['{app,cli,components,deploy,lib,prisma}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
          // Only what hangs may run into a time limit, never what waits for its turn on a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'db',
          include: ['{app,cli,lib,prisma}/**/*.db.test.ts'],
          globalSetup: './lib/db/test-setup.ts',
          // One route loads the sample data, whole.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
