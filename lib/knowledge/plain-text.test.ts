import { describe, expect, it } from 'vitest';
import { cpuMs } from '../test-cpu-time';
import { plainText } from './plain-text';

describe('plainText', () => {
  it.each([
    ['## Root cause', 'Root cause'],
    ['> > quoted', 'quoted'],
    ['- [x] load test', 'load test'],
    ['12. **Restart** the *worker*.', 'Restart the worker.'],
    ['**Status**: `RESOLVED`', 'Status: RESOLVED'],
    ['see [the runbook](https://example.com/run_book)', 'see the runbook https://example.com/run_book'],
    ['| a | `b|c` |', 'a b|c'],
    ['files like src/**/*.ts and 2 * 3 * 4', 'files like src/**/*.ts and 2 * 3 * 4'],
    ['`f(**options)` and __init__.py', 'f(**options) and __init__.py'],
  ])('reads %s as words', (markdown, words) => {
    expect(plainText(markdown).replace(/ +/g, ' ').trim()).toBe(words);
  });

  it('leaves fences and rules out, and code as it is', () => {
    const text = 'It fails:\n\n```python\n# not a heading\nf(**options)\n~~~\n```\n\n---\nafter';
    expect(plainText(text)).toBe('It fails:\n\n# not a heading\nf(**options)\n~~~\n\nafter');
  });

  it('keeps what follows a fence that nothing closes', () => {
    expect(plainText('```text\nboom\n- still code')).toBe('boom\n- still code');
  });

  it.each(['> ', '* ', '**a', '[', '](', '`', '#', '| ', '~~~\n', 'a*'])('stays fast on very many of "%s"', (piece) => {
    expect(cpuMs(() => plainText(piece.repeat(200_000)))).toBeLessThan(1500);
  });
});
