import { describe, expect, it } from 'vitest';
import { type EntryContent, entryContentSchema } from './entry-schema';
import { readSource, writeSource } from './source-text';

/** Mulberry32: the same contents each run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Whatever could be taken for the marks of the format. */
const NASTY = [
  '',
  ' ',
  '\n',
  '\n\n',
  'plain words',
  '# Symptoms',
  '\\# Symptoms',
  '\\\\# Root cause',
  '# Solution',
  '# Solution: x',
  '# Prevention',
  '# Other',
  '---',
  '```\n# Notes\n```',
  '- [ ] item',
  '- [x] done',
  '  @owner: x',
  '@owner: x',
  '\\@due: 1',
  'title: x',
  ': : :',
  '"quoted"',
  "it's",
  '{a: [1, 2',
  '| table |',
  '\ttab',
  'trailing ',
  ' leading',
  '😀 Ünï',
  '\r',
  '%',
  '&a *a',
  'null',
  'true',
  '0123',
  '2024-01-01',
  '~',
  '<*>',
  '\\n',
  '#',
  '# ',
  '  indented\n    code',
  '\u0085',
  '\u2028',
  'no\u00a0break',
];
const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const words = (random: () => number): string =>
  Array.from({ length: Math.floor(random() * 5) }, () => pick(random, NASTY)).join(pick(random, ['', '\n', ' ']));
const some = <T>(random: () => number, make: () => T): T[] => Array.from({ length: Math.floor(random() * 4) }, make);
const filled = (random: () => number): string => words(random) || 'x';

function randomContent(random: () => number): EntryContent {
  const text = () => words(random);
  const item = () => ({
    text: filled(random),
    done: random() < 0.5,
    ...(random() < 0.5 ? { owner: filled(random) } : {}),
    ...(random() < 0.5 ? { due: '2024-02-29' } : {}),
    ...(random() < 0.5 ? { link: filled(random) } : {}),
  });
  return entryContentSchema.parse({
    title: `T ${text()}`.slice(0, 400),
    category: text().slice(0, 90),
    severity: pick(random, [null, 'low', 'critical']),
    component: text().slice(0, 90),
    tags: some(random, () => filled(random).slice(0, 90)),
    first_seen: pick(random, [null, '2024-01-05']),
    resolution_minutes: pick(random, [null, 0, 45]),
    next_review: pick(random, [null, '2025-01-01']),
    environment: text(),
    signatures: some(random, () => ({
      kind: pick(random, ['type', 'code', 'message', 'regex'] as const),
      value: filled(random),
    })),
    related_files: some(random, text),
    related_entries: some(random, () => 'ERROR-007'),
    references: some(random, text),
    solutions: some(random, () => ({ title: text(), steps: text() })),
    prevention: some(random, item),
    ...Object.fromEntries(
      ['symptoms', 'root_cause', 'detection', 'diagnosis', 'impact', 'validation', 'notes'].map((field) => [
        field,
        text(),
      ]),
    ),
  });
}

describe('an entry as one text', () => {
  it('comes back the same, whatever stands in it', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const content = randomContent(randomFrom(seed));
      expect(readSource(writeSource(content)), `seed ${seed}:\n${writeSource(content)}`).toEqual({ ok: true, content });
    }
  });

  it('is written the same again', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const source = writeSource(randomContent(randomFrom(seed)));
      const read = readSource(source);
      expect(read.ok && writeSource(read.content)).toBe(source);
    }
  });

  it('keeps what stands where nothing is expected, as notes', () => {
    const read = readSource('---\ntitle: T\n---\n\nlost?\n\n# Prevention\n\n- [ ] a\nnot an item\n');
    expect(read).toMatchObject({ ok: true, content: { prevention: [{ text: 'a', done: false }] } });
    expect(read.ok && read.content.notes).toMatch(/lost[?].*not an item/s);
  });

  it.each([
    ['no front matter', 'title: T', 1, /front matter/],
    ['YAML that is none', '---\ntitle: T\ntags: ]\n---\n', 3, /./],
    ['a field that is none', '---\ntitle: T\ntitel: x\n---\n', 3, /"titel"/],
    ['a value that cannot be', '---\ntitle: T\nseverity: awful\n---\n', 3, /severity/],
  ])('says where it cannot be read: %s', (_, text, line, message) => {
    expect(readSource(text)).toMatchObject({
      ok: false,
      problems: [{ line, message: expect.stringMatching(message) }],
    });
  });
});
