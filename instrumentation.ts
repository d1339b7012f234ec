/** Next calls this once per process, before it knows its database: what is to be read ahead waits for pages-process.mjs. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next puts the value here when it builds.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { warmEntryIndex } = await import('@/lib/search/entry-index.server');
  const globals = globalThis as typeof globalThis & { errataWarmPages?: () => Promise<void> };
  globals.errataWarmPages = warmEntryIndex;
}
