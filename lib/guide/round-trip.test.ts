import { describe, expect, it } from 'vitest';
import { NO_TRACK_RECORD } from '../knowledge/entry-dto';
import { entryContentSchema } from '../knowledge/entry-schema';
import { entryId } from '../knowledge/entry-words';
import { type ParsedDocument, parseKnowledgeDocument } from '../knowledge/markdown/parse-document';
import { guideFiles } from './entry-file';
import { entryFixture, guideFixture, sectionFixture } from './guide-fixture';
import type { Guide, GuideEntry } from './guide-schema';
import { renderGuide } from './render-guide';

/** A source of pseudo-random choices; the same seed gives the same. */
function choices(seed: number) {
  let state = seed * 2654435761 + 1;
  const next = (below: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0;
    return Math.floor(((state >>> 8) / 2 ** 24) * below);
  };
  return {
    next,
    one: <T>(values: readonly T[]): T => values[next(values.length)] as T,
    some: <T>(most: number, make: () => T): T[] => Array.from({ length: next(most + 1) }, make),
  };
}

/** Blocks that look like the guide's own structure, or break Markdown. */
const BLOCKS = [
  'Plain words.',
  '## Contents\n\n- [x](#x)',
  '### ERROR-001: not an entry',
  '#### Root cause\n\nno field',
  '# One\n\n## Two\n\n###### Six',
  'Title\n===\n\nOther\n---',
  '```bash\n# not a heading\n## nor this\n```',
  '````md\n```js\nx\n```\n````',
  '```\nnever closed',
  '~~~\n---\n~~~',
  '- [ ] box\n  - nested\n\n    code\n- [x] done (owner: Ann, <https://a.test>)',
  '1. one\n\n   ```\n   code\n   ```\n2. two',
  '| a | b |\n|---|---|\n| `x|y` | # |',
  '> quoted\n> # heading\nlazy',
  '<details><summary>More</summary>\n\ntext\n\n</details>',
  '<!-- open',
  '<script>alert(1)</script>',
  '---\n\n**Last updated**: 2020-01-01  \n**Next review**: 2020-02-02',
  '**Severity**: high · **Status**: retired',
  'See [docs][d], [d][] and [d] and[^1].\n\n[d]: https://d.test "T"\n[^1]: A note.',
  '    indented code\n\n    more',
  'line  \nbreak\\\nend   ',
  'This guide is kept in Errata; change it there, an export replaces this file.',
  '\n\n\nblank lines around\n\n\n',
  'carriage\r\nreturns\r\n\r\n## H\r\n',
  '\\# escaped \\* and `code` & &amp; <b>x</b>',
  '- \n-\n- x',
  '***\n\n* * *',
  '#hash #',
  'emoji 🔄 ✅ ，全角',
];
const WORDS = [
  'plain',
  '*bold* _it_ `code`',
  '# hash #',
  'a, b',
  '[x](y)',
  ' padded ',
  '1. first',
  'Solution 2',
  '\\',
  '<b>',
  '**Tags**: x · **Status**: y',
  '`',
  '``x``',
  'two\nlines',
  '~~a~~ ~',
  '(owner: Bob)',
  '&lt; \\_',
  'ERROR-002: x',
  '---',
  '- item',
  '|',
  'Contents',
  'Symptoms',
  'Other errors',
];

function generate(seed: number): Guide {
  const { next, one, some } = choices(seed);
  const text = () => (next(3) === 0 ? '' : some(3, () => one(BLOCKS)).join('\n\n'));
  const words = () =>
    some(3, () => one(WORDS))
      .join(' ')
      .trim();
  const date = () => (next(2) ? `20${20 + next(6)}-0${1 + next(9)}-1${next(10)}` : null);
  const entry = (at: number): GuideEntry =>
    entryFixture(
      at * 7 + 1,
      {
        ...{
          title: words() || 'Untitled',
          category: one(['', 'Other errors', 'Database', 'a  b', 'a b', words()]).slice(0, 90),
        },
        ...{
          severity: one([null, 'low', 'critical']),
          component: words().slice(0, 100),
          tags: some(3, () => one(WORDS)),
        },
        ...{ first_seen: date(), next_review: date(), resolution_minutes: next(2) ? next(5000) : null },
        ...{ symptoms: text(), detection: text(), diagnosis: text(), root_cause: text(), impact: text() },
        ...{ validation: text(), environment: text(), notes: text() },
        solutions: some(3, () => ({ title: next(2) ? words() : '', steps: text() })),
        prevention: some(3, () => ({
          text: one([...BLOCKS, ...WORDS]),
          done: next(2) === 0,
          ...(next(2) ? { owner: words() } : {}),
          ...(next(2) ? { due: date() } : {}),
          ...(next(2) ? { link: one(['https://a.test/x(1)', 'test `x`', 'rule', ...WORDS]) } : {}),
        })),
        related_files: some(3, () => one(WORDS)),
        related_entries: some(3, () => one(['ERROR-001', 'ERROR-008', ...WORDS])),
        references: some(3, () => one(['https://r.test', '<https://r.test>', ...WORDS, ...BLOCKS])),
        signatures: some(3, () => ({
          kind: one(['type', 'code', 'message', 'regex']),
          value: one([...WORDS, 'a\n\n```\nb']),
        })),
      },
      {
        status: one(['published', 'draft', 'in_review', 'retired']),
        disputed: next(4) === 0,
        external_id: next(3) ? null : `x-${at}`,
        updated_at: '2024-04-02T10:00:00.000Z',
        track_record: next(2)
          ? NO_TRACK_RECORD
          : {
              watching: next(3),
              held: 1 + next(9),
              recurred: next(2),
              inconclusive: 0,
              median_resolution_minutes: next(2) ? next(90_000) : null,
            },
      },
    );
  return {
    title: words() || 'Guide',
    entries: Array.from({ length: next(6) }, (_, at) => entry(at)),
    sections: Array.from({ length: next(4) }, (_, at) => ({
      ...sectionFixture(`section-${at}`, at, words() || 'Section', text()),
      updated_at: '2024-04-02T10:00:00.000Z',
    })),
  };
}

/** What an empty Errata holds after importing these documents. */
function imported(documents: readonly ParsedDocument[]): Guide {
  const entries = documents.flatMap((document) => document.entries);
  const sections = documents.flatMap((document) => document.sections);
  const time = (date: string | null | undefined) => (date?.length === 10 ? `${date}T00:00:00.000Z` : (date ?? ''));
  return {
    title: documents.map(({ guide }) => guide?.title).find(Boolean) ?? '',
    entries: entries.map(({ content, restored }) =>
      entryFixture(restored?.number ?? 0, entryContentSchema.parse(content), {
        id: entryId(restored?.number ?? 0),
        external_id: restored?.externalId ?? null,
        status: restored?.status ?? 'draft',
        disputed: restored?.disputed ?? false,
        track_record: restored?.trackRecord ?? NO_TRACK_RECORD,
        updated_at: time(restored?.updatedAt),
      }),
    ),
    sections: sections.map(({ slug, title, body, restored }, at) => ({
      ...sectionFixture(restored?.slug ?? slug, restored?.position ?? at, title, body),
      updated_at: time(restored?.updatedAt),
    })),
  };
}

const SEEDS = Array.from({ length: 60 }, (_, at) => at + 1);

describe('a guide exported, imported and exported again', () => {
  it('is the same document', () => {
    const text = renderGuide(guideFixture);
    const parsed = parseKnowledgeDocument({ name: 'g.md', text });
    expect(parsed.entries.map(({ restored }) => restored?.number)).toEqual([12, 7, 9]);
    expect(parsed.entries[0]?.content.prevention[0]).toEqual({
      ...{ text: 'Lint rule against a bare `lease()`', done: true, owner: 'Ann', link: 'https://git.test/pr/7' },
    });
    expect(renderGuide(imported([parsed]))).toBe(text);
  });

  it.each(SEEDS)('is the same document, whatever its texts (seed %i)', (seed) => {
    const text = renderGuide(generate(seed));
    expect(renderGuide(imported([parseKnowledgeDocument({ name: 'g.md', text })]))).toBe(text);
  });

  it.each(SEEDS)('is the same files (seed %i)', (seed) => {
    const guide = generate(seed);
    const files = guideFiles(guide);
    const again = imported(files.map(({ path, text }) => parseKnowledgeDocument({ name: path, text })));
    expect(guideFiles(again)).toEqual(files);
  });
});
