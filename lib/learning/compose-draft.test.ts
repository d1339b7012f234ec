import { describe, expect, it } from 'vitest';
import { holdsQuote, keepCited } from './assemble-draft';
import { composeDraft } from './compose-draft';
import { codeBlock, type DraftFacts, inlineCode, type NoteFact, sourcesOf } from './draft-facts';
import { sourceKey } from './draft-schema';
import { readNote } from './read-note';

const TITLE = 'PoolTimeout: no connection became free within 30 s';
const note = (body: string, over: Partial<NoteFact> = {}): NoteFact => ({
  source: { kind: 'comment', id: `SHOP-1/${body.length}`, url: '/issues/SHOP-1#c1', text: body },
  issueId: 'SHOP-1',
  author: 'Mara',
  nearness: 1,
  resolved: true,
  parts: readNote(body),
  ...over,
});
const facts = (over: Partial<DraftFacts> = {}): DraftFacts => ({
  issue: {
    source: {
      kind: 'issue',
      id: 'SHOP-1',
      url: '/issues/SHOP-1',
      text: `${TITLE}\nPoolTimeout: no connection became free within <duration>\nfirst seen 2026-05-01T10:00:00.000Z, last seen 2026-05-09T10:00:00.000Z`,
    },
    id: 'SHOP-1',
    title: TITLE,
    type: 'PoolTimeout',
    template: 'PoolTimeout: no connection became free within <duration>',
    service: 'orders',
    firstSeen: '2026-05-01T10:00:00.000Z',
    lastSeen: '2026-05-09T10:00:00.000Z',
    events: 1200,
    firstRelease: '1.4.0',
  },
  pattern: {
    source: { kind: 'pattern', id: '3', url: null, text: 'billing, orders' },
    issues: 2,
    services: ['billing', 'orders'],
    events: 1300,
  },
  releases: [
    {
      source: { kind: 'release', id: '1.4.0', url: null, text: '1.4.0 2026-05-01T09:00:00.000Z' },
      version: '1.4.0',
      at: '2026-05-01T09:00:00.000Z',
    },
  ],
  event: {
    source: { kind: 'event', id: 'e1', url: null, text: 'withConnection src/db/pool.ts:31' },
    frames: [{ place: 'src/db/pool.ts:31', file: 'src/db/pool.ts', name: 'withConnection' }],
  },
  notes: [],
  entries: [],
  signatures: [{ kind: 'type', value: 'PoolTimeout' }],
  ...over,
});
const entry = {
  source: {
    kind: 'entry' as const,
    id: 'ERROR-007',
    url: '/knowledge/ERROR-007',
    text: 'Too many clients\nConnections leak.\nClose every session.\nEMFILE',
  },
  id: 'ERROR-007',
  title: 'Too many clients',
  rootCause: 'Connections leak.',
  solutions: [{ title: '', steps: 'Close every session.' }],
  confidence: 0.3,
  missing: ['PoolTimeout'],
  extra: ['EMFILE'],
};

describe('composeDraft', () => {
  const everything = facts({
    notes: [
      note(
        'Turned out the exporter held a transaction. Fixed by closing it first.\n\n```sh\nkubectl rollout restart deploy/orders\n```',
      ),
    ],
    entries: [entry],
  });

  it('says in every sentence only what its source says', () => {
    const { draft } = composeDraft(everything);
    const sources = new Map(sourcesOf(everything).map((source) => [sourceKey(source), source]));
    expect(draft).not.toBeNull();
    for (const citation of draft?.citations ?? []) {
      expect(holdsQuote(sources.get(sourceKey(citation)), citation.quote), citation.sentence).toBe(true);
    }
    const written = [
      draft?.content.symptoms,
      draft?.content.detection,
      draft?.content.diagnosis,
      draft?.content.root_cause,
      ...(draft?.content.solutions.map((solution) => solution.steps) ?? []),
    ].flatMap((text) => text?.split('\n\n').filter(Boolean) ?? []);
    const cited = new Set(draft?.citations.map((citation) => citation.sentence));
    expect(written.filter((sentence) => !cited.has(sentence))).toEqual([]);
  });

  it('puts cause, cure and commands where they belong, nearest first, and tells what differs', () => {
    const { draft } = composeDraft(everything);
    expect(draft?.content).toMatchObject({
      title: 'PoolTimeout: no connection became free within <duration>',
      component: 'orders',
      root_cause: 'Turned out the exporter held a transaction.\n\nOf the similar ERROR-007: Connections leak.',
      related_entries: ['ERROR-007'],
      related_files: ['src/db/pool.ts'],
      solutions: [
        {
          title: 'As Mara did for SHOP-1',
          steps: 'Fixed by closing it first.\n\n```sh\nkubectl rollout restart deploy/orders\n```',
        },
        { title: 'As in ERROR-007, Too many clients' },
      ],
    });
    expect(draft?.content.solutions[1]?.steps).toContain('`PoolTimeout`, ERROR-007 does not');
    expect(draft?.content.detection).toContain('First seen in release `1.4.0`');
    expect(draft?.content.symptoms).toContain('2 issues of `billing`, `orders`');
  });

  it.each<[string, Partial<DraftFacts>]>([
    ['only symptoms', {}],
    ['only questions', { notes: [note('Does anyone know why?')] }],
    ['a remedy for something that is hardly alike', { notes: [note('Restarted it.', { nearness: 0.36 })] }],
    ['an entry that is hardly alike', { entries: [{ ...entry, confidence: 0.1 }] }],
  ])('makes no draft of %s, and says so', (_, over) => {
    const answer = composeDraft(facts(over));
    expect(answer.draft).toBeNull();
    expect(answer).toMatchObject({ why: expect.stringMatching(/\w+ \w+/) });
  });

  it('is surer with more evidence, and never as sure as a known entry', () => {
    const one = composeDraft(facts({ notes: [note('Fixed by closing the session.')] }));
    const more = composeDraft(everything);
    expect(one.draft?.confidence).toBeLessThan(more.draft?.confidence ?? 0);
    expect(more.draft?.confidence).toBeLessThan(0.8);
  });
});

it('drops a statement whose source does not say what it quotes', () => {
  const [source] = sourcesOf(facts());
  const says = (quote: string, id = 'SHOP-1') => ({
    field: 'root_cause' as const,
    text: 'x',
    source: { kind: 'issue' as const, id },
    quote,
  });
  const { kept, dropped } = keepCited(
    [says('no connection  became\nfree'), says('rm -rf /'), says('no connection', 'SHOP-9'), says('no')],
    source ? [source] : [],
  );
  expect(kept).toHaveLength(1);
  expect(dropped).toBe(3);
});

it('keeps hostile text inside its code', () => {
  expect(inlineCode('`a` ``b``')).toBe('``` `a` ``b`` ```');
  expect(codeBlock('```\n# no heading\n```')).toMatch(/^````\n[\s\S]*\n````$/);
});
