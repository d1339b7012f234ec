const ESCAPE = /\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u(?:0000|[dD][89a-fA-F][\da-fA-F]{2})|\\./g;

const replaced = (found: string): string =>
  found.length === 6 && /^\\u(?:0000|d[89a-f])/i.test(found) ? '\\ufffd' : found;

/**
 * JSON text as PostgreSQL can hold it, keys included: NUL characters and halves of surrogate pairs become U+FFFD. Nothing
 * legitimate holds one.
 */
export const storableJson = (json: string): string =>
  /\\u(?:0000|[dD][89a-fA-F])/.test(json) ? json.replace(ESCAPE, replaced) : json;
