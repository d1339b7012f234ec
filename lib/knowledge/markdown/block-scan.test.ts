import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Heading } from 'mdast';
import { describe, expect, it } from 'vitest';
import { scanBlocks } from './block-scan';
import { parseMarkdown } from './syntax-tree';

/** What a full Markdown parser finds at the top level. */
const parsed = (text: string) =>
  parseMarkdown(`\n${text}`)
    .tree.children.filter((node): node is Heading => node.type === 'heading')
    .map((node) => [(node.position?.start.line ?? 0) - 2, node.depth]);
const scanned = (text: string) => scanBlocks(text.split('\n')).headings.map(({ line, level }) => [line, level]);

const TEXTS = [
  '# A\n## B ##\n### \n#no\n    # code',
  'A\n===\nB\nC\n---\n\n---\n***\n- - -',
  '- a\n\n  # in list\n\n  ```\n# ends the list\n  ```',
  '- a\nlazy\n# heading\n- b\n\nparagraph\n===',
  '1. x\n   ```bash\n   # comment\n   ```\n2. y\n\n## H',
  '> # quoted\nlazy\n===\n\n# H',
  '```\n# code\n```\n# H\n~~~\n```\n# code\n~~~',
  '```js `x`\n# H',
  '<div>\n# in html\n\n# H',
  '<!-- # a\n# b\n-->\n# H',
  '<script>\n# x\n\n</script>\n# H',
  'text\n<div>\n# still html?',
  '<https://x.test>\n===',
  '\t# code\n\n\ttext\n# H',
  '-\n  # in the item\n\n-\n\n# H',
  '-     code\n      # deep\n# H',
  '10. ten\n\n    # in\n\n   # out',
  '| a | b |\n|---|---|\n| # | c |\n\n# H',
  '* * *\n# H\n+ x\n  y\n\n  z\n\nw\n---',
  '#',
  '######## no\n#\ttab',
  'words\n+\nmore\n----\n\nwords\n2. two\n===',
];

/** Documents of the checkout, and those beside it where they are. */
function documents(): string[] {
  const seeds = process.env.ERRATA_SHARED ?? '../shared';
  const folders = ['lib/knowledge/fixtures', 'lib/guide/fixtures', join(seeds, 'seeds')];
  return folders.flatMap((folder) => {
    try {
      return readdirSync(folder)
        .filter((name) => /\.(?:md|txt)$/.test(name))
        .map((name) => readFileSync(join(folder, name), 'utf8').replace(/\r\n?/g, '\n'));
    } catch {
      return [];
    }
  });
}

describe('scanBlocks', () => {
  it.each(TEXTS)('finds the headings a parser finds in %j', (text) => {
    expect(scanned(text)).toEqual(parsed(text));
  });

  it('finds the headings a parser finds in whole documents', () => {
    const all = documents();
    expect(all.length).toBeGreaterThan(1);
    for (const text of all) expect(scanned(text)).toEqual(parsed(text));
  });
});
