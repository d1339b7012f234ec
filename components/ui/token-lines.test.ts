import { expect, it } from 'vitest';
import { highlight } from './highlight';
import { tokenLines } from './token-lines';

it('keeps every character and every line', () => {
  const code = 'const a = `one\n<two>\n`;\n\n// "end" & more';
  const lines = tokenLines(highlight(code, 'typescript'));
  expect(lines.map((line) => line.map(({ text }) => text).join(''))).toEqual(code.split('\n'));
});

it('colours a comment in each of its lines', () => {
  const lines = tokenLines(highlight('/* one\ntwo */', 'typescript'));
  expect(lines.map((line) => line[0]?.className)).toEqual(['hljs-comment', 'hljs-comment']);
});
