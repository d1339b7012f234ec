import { describe, expect, it } from 'vitest';
import { type EntryContent, entryContentSchema } from '../knowledge/entry-schema';
import { MATCH_THRESHOLD } from './calibrate';
import { type ErrorText, errorFeatures } from './error-features';
import { matchDocument } from './match-document';
import { MatchIndex } from './match-index';
import { scoreMatches } from './match-score';

const entry = (content: Partial<EntryContent> & { title: string }): EntryContent => entryContentSchema.parse(content);

const KNOWLEDGE: EntryContent[] = [
  entry({
    title: 'spaCy model not found',
    category: 'Dependency',
    symptoms: "`OSError: [E050] Can't find model 'zh_core_web_sm'`",
    root_cause: 'The language model was not downloaded after the package was installed.',
    solutions: [{ title: '', steps: '```bash\npython -m spacy download zh_core_web_sm\n```' }],
  }),
  entry({
    title: 'Containers die for want of memory',
    symptoms: 'Docker containers crash with OOM (Out of Memory) errors',
    root_cause: 'The default memory of Docker Desktop is too small.',
  }),
  entry({
    title: 'Connection pool runs dry',
    component: 'billing',
    symptoms: 'ServiceUnavailable: Unable to acquire connection from pool',
    root_cause: 'Sessions are not closed.',
  }),
  entry({
    title: 'Module path does not resolve',
    symptoms: "`Module not found: Can't resolve '@/components/...'`",
    root_cause: 'The path alias is configured in one tool only.',
  }),
  entry({
    title: 'Stale rows from the replica',
    root_cause: 'Reads follow a write too closely.',
    signatures: [{ kind: 'message', value: 'row <*> vanished between read and write' }],
  }),
];

function ask(error: ErrorText, knowledge: EntryContent[] = KNOWLEDGE) {
  const index = new MatchIndex();
  knowledge.forEach((content, i) => {
    index.add(matchDocument(i + 1, content));
  });
  return scoreMatches(index, errorFeatures(error), 5);
}

const E050 = {
  error_message:
    "OSError: [E050] Can't find model 'zh_core_web_sm'. It doesn't seem to be a Python package or a valid path to a data directory.",
  stack_trace: `Traceback (most recent call last):
  File "/srv/app/nlp/segment.py", line 41, in load
    nlp = spacy.load("zh_core_web_sm")
  File "/usr/local/lib/python3.11/site-packages/spacy/__init__.py", line 51, in load
    return util.load_model(
OSError: [E050] Can't find model 'zh_core_web_sm'. It doesn't seem to be a Python package or a valid path to a data directory.`,
};

describe('scoreMatches', () => {
  it('finds the entry of an error by its code, its model name and its words', () => {
    const [first, second] = ask(E050);
    expect(first?.title).toBe('spaCy model not found');
    expect(first?.confidence).toBeGreaterThan(0.8);
    expect(second?.confidence ?? 0).toBeLessThan(MATCH_THRESHOLD);
  });

  it('shows as evidence what of the error was found where', () => {
    const evidence = ask(E050)[0]?.evidence ?? [];
    expect(evidence.find((e) => e.kind === 'code')).toMatchObject({ matched: ['E050'], field: 'symptoms' });
    expect(evidence.find((e) => e.kind === 'type')).toMatchObject({ matched: ['OSError'] });
    expect(evidence.find((e) => e.kind === 'words')?.matched).toContain('zh_core_web_sm');
    for (let i = 1; i < evidence.length; i += 1)
      expect(evidence[i]!.points).toBeLessThanOrEqual(evidence[i - 1]!.points);
  });

  it('knows a variant of a message whose variable part differs', () => {
    const [first] = ask({ error_message: "Module not found: Can't resolve '@/lib/money' in '/srv/web'" });
    expect(first?.title).toBe('Module path does not resolve');
    expect(first?.confidence).toBeGreaterThan(MATCH_THRESHOLD);
  });

  it('takes a message signature as proof', () => {
    const [first] = ask({ error_message: 'row 7f3a vanished between read and write' });
    expect(first?.title).toBe('Stale rows from the replica');
    expect(first?.evidence[0]?.kind).toBe('signature');
    expect(first?.confidence).toBeGreaterThan(0.8);
  });

  it('takes a signature of everyday words for less than proof', () => {
    const generic = entry({
      title: 'Shadowed import',
      root_cause: 'A local file has the name of the package.',
      signatures: [{ kind: 'message', value: "name '<*>' is not defined" }],
    });
    const everyday = ask({ error_message: "NameError: name 'flush_queue' is not defined" }, [...KNOWLEDGE, generic]);
    const rare = ask({ error_message: 'row 7f3a vanished between read and write' });
    const points = ([first]: typeof rare) => first?.evidence.find((part) => part.kind === 'signature')?.points ?? 0;
    expect(everyday[0]?.title).toBe('Shadowed import');
    expect(points(everyday)).toBeLessThan(points(rare) / 2);
  });

  it('prefers the entry of the service that failed', () => {
    const twins = ['billing', 'search'].map((component) =>
      entry({ title: 'Connection pool runs dry', component, symptoms: 'Unable to acquire connection from pool' }),
    );
    const message = 'Unable to acquire connection from pool';
    expect(ask({ error_message: message, service: 'search' }, twins)[0]?.id).toBe(2);
    expect(ask({ error_message: message, service: 'billing' }, twins)[0]?.id).toBe(1);
  });

  it('does not know what it was never told', () => {
    for (const error_message of [
      'panic: runtime error: index out of range [5] with length 3',
      'ORA-00942: table or view does not exist',
      'Error: something failed',
    ]) {
      expect(ask({ error_message })[0]?.confidence ?? 0).toBeLessThan(MATCH_THRESHOLD);
    }
  });

  it('is not certain merely because there is only one entry', () => {
    const [first] = ask({ error_message: 'TypeError: cannot read model of undefined' }, KNOWLEDGE.slice(0, 1));
    expect(first?.confidence ?? 0).toBeLessThan(MATCH_THRESHOLD);
  });

  it('answers nothing to nothing', () => {
    expect(ask({ error_message: '∅' })).toEqual([]);
    expect(ask({ error_message: 'anything' }, [])).toEqual([]);
  });
});

describe('MatchIndex', () => {
  it('forgets what is removed and answers with what replaced it', () => {
    const index = new MatchIndex();
    const [spacy, memory] = KNOWLEDGE as [EntryContent, EntryContent];
    index.add(matchDocument(1, spacy));
    index.add(matchDocument(1, memory));
    expect(scoreMatches(index, errorFeatures(E050), 5)).toEqual([]);
    expect(index.size).toBe(1);
    index.remove(1);
    expect(index.size).toBe(0);
  });

  it('gives the same answer after many changes as when built afresh', () => {
    const used = new MatchIndex();
    for (let round = 0; round < 60; round += 1) {
      KNOWLEDGE.forEach((content, i) => {
        used.add(matchDocument(i + 1, content));
      });
    }
    const answer = scoreMatches(used, errorFeatures(E050), 5);
    expect(answer[0]?.id).toBe(1);
    expect(answer[0]?.confidence).toBeCloseTo(ask(E050)[0]?.confidence ?? 0, 1);
  });
});
