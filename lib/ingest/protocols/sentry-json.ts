/** JSON as old SDKs write it. */

const LITERALS: readonly (readonly [string, string])[] = [
  ['NaN', 'null'],
  ['-Infinity', '0'],
  ['Infinity', '0'],
];

/** End of the string literal that begins at `start`: the position after its closing quote. */
function afterString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    at += code === 92 ? 2 : 1;
  }
  return text.length;
}

/** Python's `NaN` and `Infinity` replaced, outside of strings; the same text when there are none. */
function withoutLiterals(text: string): string {
  const parts: string[] = [];
  let kept = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at = afterString(text, at);
      continue;
    }
    // N, I, minus: the only characters a literal begins with.
    const found =
      code === 78 || code === 73 || code === 45
        ? LITERALS.find(([literal]) => text.startsWith(literal, at))
        : undefined;
    if (!found) {
      at++;
      continue;
    }
    parts.push(text.slice(kept, at), found[1]);
    at += found[0].length;
    kept = at;
  }
  return kept === 0 ? text : parts.join('') + text.slice(kept);
}

/** Parses JSON, with bare `NaN`, `Infinity` and `-Infinity` where need be. Undefined when it is none. */
export function parseLenientJson(text: string): unknown {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  try {
    return JSON.parse(plain);
  } catch {
    const mended = withoutLiterals(plain);
    if (mended === plain) return undefined;
    try {
      return JSON.parse(mended);
    } catch {
      return undefined;
    }
  }
}
