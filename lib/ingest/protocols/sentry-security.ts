/** Reports that browsers send about violated policies, as events. Pure. */
import { isObject } from './report-fields';
import { textOf } from './sentry-values';

/** Where something was blocked: the host, or a word such as `inline` or `eval`. */
function blockedHost(uri: string): string {
  if (!uri.includes(':')) return uri || 'self';
  try {
    const url = new URL(uri);
    return url.host || url.protocol.replace(':', '');
  } catch {
    return uri.slice(0, 200);
  }
}

/**
 * A Content-Security-Policy report (`{"csp-report": {…}}`, or a list of the Reporting API's) as the payload of an event;
 * null when it is none.
 */
export function readSecurityReport(body: unknown): Record<string, unknown> | null {
  const first = Array.isArray(body) ? body.find((item) => isObject(item) && item.type === 'csp-violation') : body;
  if (!isObject(first)) return null;
  const report = isObject(first['csp-report']) ? first['csp-report'] : isObject(first.body) ? first.body : null;
  if (!report) return null;
  const field = (...names: string[]): string => names.map((name) => textOf(report[name])).find(Boolean) ?? '';
  const directive = field('effective-directive', 'effectiveDirective', 'violated-directive').split(' ')[0] ?? '';
  const blocked = blockedHost(field('blocked-uri', 'blockedURL'));
  return {
    platform: 'other',
    logger: 'csp',
    level: 'error',
    message: `Blocked '${directive.replace(/-(?:src|elem|attr).*$/, '')}' from '${blocked}'`,
    fingerprint: ['csp', directive, blocked],
    transaction: field('document-uri', 'documentURL').split(/[?#]/)[0],
    tags: { 'effective-directive': directive, 'blocked-uri': blocked },
    request: { url: field('document-uri', 'documentURL'), headers: { Referer: field('referrer') || null } },
    extra: report,
  };
}
