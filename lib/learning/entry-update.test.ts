import { describe, expect, it } from 'vitest';
import { entryContentSchema } from '../knowledge/entry-schema';
import { mergedEntry, newCures, variantSignature, withAdditions } from './entry-update';
import { readNote } from './read-note';

const content = (fields: object = {}) => entryContentSchema.parse({ title: 'Pool runs dry', ...fields });
const issue = (title: string, template = title) => ({ title, template, type: 'Error' });

describe('variantSignature', () => {
  const TITLE = 'Error: queue 17 has too many waiters';
  const TEMPLATE = 'Error: queue <int> has too many waiters';
  it.each<[string, object, string | null]>([
    ['is the template of an error the entry has no words for', {}, 'Error: queue <*> has too many waiters'],
    [
      'is none where a signature holds',
      { signatures: [{ kind: 'message', value: 'queue <*> has too many waiters' }] },
      null,
    ],
    ['is none where the symptoms show it', { symptoms: 'Error: queue 4 has too many waiters' }, null],
  ])('%s', (_, fields, expected) => {
    expect(variantSignature(content(fields), issue(TITLE, TEMPLATE))?.value ?? null).toBe(expected);
  });

  it('is none for a message that says next to nothing', () => {
    expect(variantSignature(content(), issue('Error: 17', 'Error: <int>'))).toBeNull();
  });
});

it('finds the cure that an entry does not tell yet', () => {
  const entry = content({ solutions: [{ steps: 'Close every session.' }] });
  const read = (text: string) => newCures(entry, readNote(text)).map((part) => part.text);
  expect(read('Fixed by close every session.\nRaised the limit to 50.')).toEqual([
    'Fixed by close every session.',
    'Raised the limit to 50.',
  ]);
  expect(read('close every session.')).toEqual([]);
  expect(read('$ kubectl get pods')).toEqual([]);
});

it('adds to an entry what is proposed, and keeps what was changed meanwhile', () => {
  const proposed = content({ solutions: [{ steps: 'A' }, { steps: 'B' }], signatures: [{ kind: 'type', value: 'X' }] });
  const current = content({ title: 'Renamed', root_cause: 'Found later', solutions: [{ steps: 'a' }] });
  expect(withAdditions(current, proposed)).toMatchObject({
    title: 'Renamed',
    root_cause: 'Found later',
    solutions: [{ steps: 'a' }, { steps: 'B' }],
    signatures: [{ kind: 'type', value: 'X' }],
  });
});

it('merges two entries without losing a line', () => {
  const keep = content({ symptoms: 'One two', prevention: [{ text: 'Alert' }], tags: ['db'] });
  const drop = content({
    symptoms: 'two',
    root_cause: 'Leak',
    prevention: [{ text: 'alert' }, { text: 'Test' }],
    tags: ['pg'],
  });
  expect(mergedEntry(keep, drop)).toMatchObject({
    symptoms: 'One two',
    root_cause: 'Leak',
    prevention: [{ text: 'Alert' }, { text: 'Test' }],
    tags: ['db', 'pg'],
  });
});
