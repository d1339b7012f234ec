import GithubSlugger from 'github-slugger';
import type { Code, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../knowledge/markdown/syntax-tree';
import { entryFixture, guideFixture, sectionFixture } from './guide-fixture';
import type { Guide } from './guide-schema';
import { guideBody, renderGuide } from './render-guide';

const nodes = (markdown: string): RootContent[] => parseMarkdown(markdown).tree.children;
const headings = (markdown: string) =>
  nodes(markdown).flatMap((node) => (node.type === 'heading' ? [{ depth: node.depth, text: plainText(node) }] : []));
const guide = (more: Partial<Guide>): Guide => ({ title: 'Guide', entries: [], sections: [], ...more });

describe('renderGuide', () => {
  it('reads as a careful person would have written it', async () => {
    await expect(renderGuide(guideFixture)).toMatchFileSnapshot('./fixtures/guide.md');
  });

  it('does not depend on the order its parts come in', () => {
    const turned = {
      ...guideFixture,
      entries: [...guideFixture.entries].reverse(),
      sections: [...guideFixture.sections].reverse(),
    };
    expect(renderGuide(turned)).toBe(renderGuide(guideFixture));
  });

  it('says so when there is nothing in it', () => {
    expect(renderGuide(guide({}))).toBe('# Guide\n\nNothing is published yet.\n');
  });

  it('links every line of the contents to a heading that is there', () => {
    const twins = guide({
      title: 'Contents',
      entries: [
        entryFixture(1, { title: 'Same', category: 'Build', notes: '# Build\n\n## ERROR-002: Same' }),
        entryFixture(2, { title: 'Same', category: 'build!', related_entries: ['error-001'] }),
        entryFixture(3, {
          title: 'Same\n\nagain',
          category: 'Notes',
          solutions: [
            { title: 'a', steps: 'Notes\n---\nx' },
            { title: 'b', steps: '' },
          ],
        }),
      ],
      sections: [sectionFixture('notes', 1, 'Notes', '# Build')],
    });
    const text = renderGuide(twins);
    const slugger = new GithubSlugger();
    const anchors = headings(text).map(({ text }) => slugger.slug(text));
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1] as string);
    expect(links).toHaveLength(8);
    expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
    expect(new Set(links.slice(0, 7)).size).toBe(7);
    expect(links).toContain('error-002-same-1');
  });

  it('a change touches only its own lines', () => {
    const before = renderGuide(guideFixture).split('\n');
    const [first, ...rest] = guideFixture.entries;
    const changed = { ...guideFixture, entries: [{ ...first!, root_cause: 'Something else.' }, ...rest] };
    const after = renderGuide(changed).split('\n');
    expect(after.filter((line, index) => line !== before[index])).toEqual(['Something else.']);
  });
});

describe('guideBody', () => {
  it('names anchors of the text it gives, links among entries included', () => {
    const { markdown, outline } = guideBody(guideFixture);
    const slugger = new GithubSlugger();
    const anchors = headings(markdown).map(({ text }) => slugger.slug(text));
    const named = outline.flatMap((chapter) => [chapter.anchor, ...chapter.entries.map((entry) => entry.anchor)]);
    expect(named).toHaveLength(8);
    expect(named.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
    expect(markdown).toContain('[ERROR-007](#error-007-worker-cannot-read-zh_core_web_sm)');
    expect(outline.map((chapter) => chapter.title)).toEqual([
      'Database',
      'Dependency',
      'Other errors',
      'Checklists',
      'Update protocol',
    ]);
  });
});

describe('hostile words', () => {
  const HOSTILE = [
    '```\nnever closed',
    '~~~~js\n~~~\nstill open',
    '<!-- never closed',
    '<script>alert(1)',
    '<![CDATA[ open',
    '<?php open',
    '---\nfront: matter\n---',
    'Big\n===',
    '- list\n\n  # nested\n\n# Real',
    '> ```\n> open in a quote',
    '- ```\n  open in a list',
    '#',
    '<pre>\nopen',
    `${'> '.repeat(500)}deep`,
    '\n\n   \n# spaced\n\n\n',
  ];

  it.each(HOSTILE)('%j in a field swallows nothing after it', (symptoms) => {
    const text = renderGuide(
      guide({ entries: [entryFixture(1, { symptoms, root_cause: 'CAUSE' }), entryFixture(2, { title: 'Next' })] }),
    );
    const found = headings(text);
    expect(found.filter(({ depth }) => depth <= 4).map(({ text }) => text)).toEqual([
      'Guide',
      'Contents',
      'Other errors',
      'ERROR-001: Untitled',
      'Symptoms',
      'Root cause',
      'ERROR-002: Next',
    ]);
    expect(nodes(text).some((node) => node.type === 'paragraph' && plainText(node) === 'CAUSE')).toBe(true);
  });

  it.each([
    '# <script>alert(1)</script>',
    '[x](javascript:alert(1))',
    '**bold** `code` _em_ ~~gone~~',
    '</h3>&lt;',
    'ends with #',
    'back\\slash \\* `',
    '*',
    'a_b __init__ snake_case',
    '![i](x) <http://x.test>',
    'tab\there\nand line',
    'C# and F#',
  ])('a title %j stays those words', (title) => {
    const text = renderGuide(
      guide({
        title,
        entries: [entryFixture(1, { title, category: title, tags: [title], component: title })],
        sections: [sectionFixture('s', 1, title, '')],
      }),
    );
    const flat = title.replace(/\s+/g, ' ').trim();
    expect(headings(text).map(({ text }) => text)).toEqual([flat, 'Contents', flat, `ERROR-001: ${flat}`, flat]);
    expect(JSON.stringify(nodes(text))).not.toMatch(/"type":"(?:html|image|delete|emphasis|inlineCode)"/);
  });
});

describe('code', () => {
  it.each([
    'plain',
    '````md\n```js\nx\n```\n````',
    '~~~\n```\n~~~',
    '\ttabs and  spaces  \n\n\n    kept',
    '# not a heading\n===\n---',
    '<!-- ```',
  ])('a block holding %j comes out byte for byte', (code) => {
    const fence = '`````';
    const source = `Before\n\n${fence}text\n${code}\n${fence}\n\n## After`;
    const text = renderGuide(
      guide({
        entries: [
          entryFixture(1, {
            symptoms: source,
            solutions: [
              { title: 'a', steps: source },
              { title: 'b', steps: source },
            ],
          }),
        ],
      }),
    );
    const blocks = nodes(text).filter((node): node is Code => node.type === 'code');
    expect(blocks.map((block) => block.value)).toEqual([code, code, code]);
  });
});
