/** Where to go after signing in: a path of this site, never another one. Anything else is the overview. */
export function callbackPath(value: string | undefined): string {
  if (!value?.startsWith('/')) return '/';
  try {
    const base = 'http://errata.invalid';
    const url = new URL(value, base);
    return url.origin === base ? `${url.pathname}${url.search}${url.hash}` : '/';
  } catch {
    return '/';
  }
}
