import { describe, expect, it } from 'vitest';
import { highlight } from './highlight';

const SAMPLES: [language: string, code: string][] = [
  ['python', 'try:\n    nlp = spacy.load("en")  # <b>&amp;</b>\nexcept OSError as e:\n    print(f"it\'s {e!r}")\n'],
  ['typescript', 'const a = <T,>(x: T) => `<b>$x & "y"` // \'<script>\'\n'],
  ['rust', 'fn main() { let s = r#"<a href="x">"#; assert!(1 < 2 && 3 > 2); }'],
  ['bash', 'pip install "x>=1" && echo \'$HOME\' | grep -v "<none>"'],
  ['json', '{"a": [1, true, null, "\\u00e9 <&>"]}'],
  ['diff', '- old <line>\n+ new "line"\n'],
];

describe('highlighting', () => {
  it.each(SAMPLES)('gives back every character of %s', (language, code) => {
    const tokens = highlight(code, language);
    expect(tokens.map((token) => token.text).join('')).toBe(code);
    expect(tokens.some((token) => token.className.startsWith('hljs-'))).toBe(true);
  });

  it('shows an unknown language plain', () => {
    expect(highlight('<x>', 'klingon')).toEqual([{ text: '<x>', className: '' }]);
    expect(highlight('<x>', undefined)).toEqual([{ text: '<x>', className: '' }]);
  });

  it('shows very long code plain', () => {
    expect(highlight('x = 1\n'.repeat(20_000), 'python')).toHaveLength(1);
  });
});
