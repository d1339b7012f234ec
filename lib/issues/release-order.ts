/** Longer names are compared by their beginning. */
const MAX_LENGTH = 250;

interface ReleaseVersion {
  /** `web-shop` in `web-shop@1.4.0`; empty without one. */
  name: string;
  numbers: number[];
  /** `rc.1` in `1.4.0-rc.1`; empty for a final release. */
  preRelease: string[];
}

/** Reads `1.4.0`, `v1.4`, `web-shop@1.4.0-rc.1+build7`, `2026.11.21`; null for names without an order, such as commit hashes. */
function parseRelease(release: string): ReleaseVersion | null {
  const text = release.trim().slice(0, MAX_LENGTH);
  const at = text.lastIndexOf('@');
  const name = at > 0 ? text.slice(0, at) : '';
  const version = (at >= 0 ? text.slice(at + 1) : text).replace(/^[vV](?=\d)/, '').split('+', 1)[0] ?? '';
  const dash = version.indexOf('-');
  const core = dash < 0 ? version : version.slice(0, dash);
  if (!/^\d{1,12}(\.\d{1,12}){1,5}$/.test(core)) return null;
  return {
    name,
    numbers: core.split('.').map(Number),
    preRelease: dash < 0 ? [] : version.slice(dash + 1).split('.'),
  };
}

const isNumber = (text: string): boolean => /^\d{1,12}$/.test(text);

function comparePreRelease(a: string[], b: string[]): number {
  if (a.length === 0 || b.length === 0) return Math.sign(b.length - a.length);
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const left = a[i];
    const right = b[i];
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    if (left === right) continue;
    if (isNumber(left) && isNumber(right)) return Math.sign(Number(left) - Number(right));
    if (isNumber(left) !== isNumber(right)) return isNumber(left) ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return 0;
}

/**
 * Order of two releases by their version numbers: negative when `a` is older, 0 when equal, positive when newer. Null when
 * the names say nothing about order: commit hashes, or versions of different packages.
 */
export function compareReleases(a: string, b: string): number | null {
  if (a === b) return 0;
  const left = parseRelease(a);
  const right = parseRelease(b);
  if (!left || !right || left.name !== right.name) return null;
  for (let i = 0; i < Math.max(left.numbers.length, right.numbers.length); i++) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return comparePreRelease(left.preRelease, right.preRelease);
}
