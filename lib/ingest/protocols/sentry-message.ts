/** Messages with parameters, as loggers send them. Pure. */
import { isObject } from './report-fields';
import { anyText, textOf } from './sentry-values';

const PLACEHOLDER = /%(?:\(([\w.]{1,100})\))?[sdifruxgeEGXoc]|\{([\w.]{0,100})\}|%%/g;

/** The template with its parameters filled in: `%s`, `%(name)s`, `{}`, `{0}`, `{name}`. What has none stays. */
export function interpolate(template: string, params: unknown): string {
  const list = Array.isArray(params) ? params : [];
  const named = isObject(params) ? params : {};
  let next = 0;
  return template.replace(PLACEHOLDER, (whole, percentName?: string, braceName?: string) => {
    if (whole === '%%') return list.length > 0 || isObject(params) ? '%' : whole;
    const name = percentName ?? braceName;
    if (name) {
      const at = /^\d{1,3}$/.test(name) ? list[Number(name)] : undefined;
      return anyText(at ?? (Object.hasOwn(named, name) ? named[name] : undefined)) ?? whole;
    }
    return next < list.length ? (anyText(list[next++]) ?? '') : whole;
  });
}

/** The text of `logentry` or `message`, each a string or `{message, params, formatted}`, and its template where one differs. */
export function readMessage(logentry: unknown, message: unknown): { message?: string; template?: string } {
  for (const entry of [logentry, message]) {
    const plain = textOf(entry);
    if (plain !== undefined) return { message: plain };
    if (!isObject(entry)) continue;
    const template = textOf(entry.message);
    const formatted = textOf(entry.formatted) ?? (template && interpolate(template, entry.params));
    if (!formatted) continue;
    return template && template !== formatted ? { message: formatted, template } : { message: formatted };
  }
  return {};
}
