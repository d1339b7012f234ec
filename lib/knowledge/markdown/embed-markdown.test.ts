import { describe, expect, it } from 'vitest';
import { cpuMs } from '@/lib/test-cpu-time';
import { embedMarkdown } from './embed-markdown';

describe('embedMarkdown', () => {
  it.each([
    ['leaves what fits alone', 'Just *words*\n\n- and a list', 'Just *words*\n\n- and a list'],
    ['moves headings down together', '# A\n\n### B\n\n## C', '##### A\n\n###### B\n\n###### C'],
    ['leaves headings that are deep enough', '##### A\n\n###### B', '##### A\n\n###### B'],
    ['turns underlined headings into marked ones', 'A\nB\n---\n\ntext', '##### A B\n\ntext'],
    ['does not touch code', '```bash\n# comment\n```\n\n## H', '```bash\n# comment\n```\n\n##### H'],
    [
      'does not touch code in a list',
      '1. ```bash\n   # comment\n   ```\n\n# H',
      '1. ```bash\n   # comment\n   ```\n\n##### H',
    ],
    ['closes an open block', 'x\n\n~~~~py\ncode', 'x\n\n~~~~py\ncode\n~~~~'],
    ['knows a closed block', '~~~~py\ncode\n~~~~~', '~~~~py\ncode\n~~~~~'],
    ['disarms open HTML', 'x\n\n<!-- open', 'x\n\n\\<!-- open'],
    ['keeps closed HTML', '<!-- note -->', '<!-- note -->'],
    ['keeps a rule', 'a\n\n---\n\nb', 'a\n\n---\n\nb'],
    ['drops blank lines around it and unifies line ends', '\n  \n  a\r\nb\n\n', '  a\nb'],
  ])('%s', (_does, markdown, expected) => {
    const { text } = embedMarkdown(markdown, 5);
    expect(text).toBe(expected);
    expect(embedMarkdown(text, 5).text).toBe(text);
  });

  it('names the headings in order', () => {
    expect(embedMarkdown('# A `b`\n\nC *d*\n===', 4).headings).toEqual(['A b', 'C d']);
  });

  it.each([
    ['marks', '#'.repeat(2e5)],
    ['spaces', `${' '.repeat(2e5)}x`],
    ['fences in a row', '```'.repeat(6e4)],
    ['quotes in quotes', '> '.repeat(1e5)],
    ['list items', '-\n'.repeat(1e4)],
    ['opened tags', '<'.repeat(2e5)],
  ])('is not slowed down without bounds by very many %s', (_what, text) => {
    expect(cpuMs(() => embedMarkdown(text, 5))).toBeLessThan(3000);
  });
});
