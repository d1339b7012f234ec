import { describe, expect, it } from 'vitest';
import { findLostLines } from '../knowledge/markdown/find-lost-lines';
import { parseKnowledgeDocument } from '../knowledge/markdown/parse-document';
import { renderGuide } from './render-guide';

/** Seconds of the processor, which a busy machine does not stretch. */
function seconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const GUIDE_HEAD = `${renderGuide({ title: 'Guide', entries: [], sections: [] })}\n## Chapter\n\n### ERROR-001: X\n\n`;

const HOSTILE: readonly (readonly [string, string])[] = [
  ['a line of ten million characters', `# Errors\n\n## It fails\n\n${'x '.repeat(5_000_000)}\n\nRun it again.`],
  [
    'a list ten thousand deep',
    Array.from({ length: 10_000 }, (_, at) => `${'  '.repeat(Math.min(at, 500))}- x${at}`).join('\n'),
  ],
  ['quotations in quotations', `${'>'.repeat(100_000)} x`],
  ['brackets without end', `## It fails\n\n${'['.repeat(200_000)}`],
  ['marks without end', `## It fails\n\n${'*_`~'.repeat(50_000)}`],
  ['a guide with a long line', `${GUIDE_HEAD}**Severity**: high${' · **Tags**: x'.repeat(100_000)}`],
  ['a guide with very many items', `${GUIDE_HEAD}#### Prevention\n\n${`- [ ] x ${'('.repeat(500)}\n`.repeat(2000)}`],
  ['front matter nested without end', `---\nid: ERROR-001\ntags: ${'['.repeat(50_000)}\n---\n\n# X`],
  ['front matter of aliases', `---\nid: ERROR-001\na: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n\n# X`],
  ['HTML that never ends', '<!-- \n<script>\n'.repeat(20_000)],
  ['ten megabytes of paragraphs', 'word word\n\n'.repeat(900_000)],
  ['ten megabytes of one paragraph', 'word word\n'.repeat(900_000)],
  ['ten megabytes of headings', '## x\n'.repeat(2_000_000)],
  ['ten megabytes of underlined headings', 'a\n---\n'.repeat(1_600_000)],
  ['a quotation that runs on', `> a\n${'b\n'.repeat(40_000)}`],
  ['footnotes without end', '[^a]: x\n'.repeat(40_000)],
];

describe('a hostile document', () => {
  it.each(HOSTILE)(
    'is read in bounded time and without loss: %s',
    (_what, text) => {
      let lost = 0;
      const spent = seconds(() => {
        const parsed = parseKnowledgeDocument({ name: 'hostile.md', text });
        const skipped = parsed.guide?.skipped;
        lost = findLostLines(text, parsed).filter(({ line }) => !skipped?.has(line)).length;
      });
      // Ten on a calm processor, fifteen on a crowded one; what is not linear takes hours.
      expect(spent).toBeLessThan(40);
      expect(lost).toBe(0);
    },
    240_000,
  );
});
