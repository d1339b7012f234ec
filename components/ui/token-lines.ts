import type { CodeToken } from './highlight-tokens';

/** Coloured stretches, line by line: what goes over several lines (a comment, a template string) is coloured in each. */
export function tokenLines(tokens: readonly CodeToken[]): CodeToken[][] {
  const lines: CodeToken[][] = [[]];
  for (const { text, className } of tokens)
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)!.push({ text: part, className });
    }
  return lines;
}
