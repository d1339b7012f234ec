import { describe, expect, it } from 'vitest';
import { cpuMs } from '@/lib/test-cpu-time';
import { deriveSignatures, maskValues } from './error-signatures';

const block = (text: string) => `\`\`\`\n${text}\n\`\`\``;
const values = (symptoms: string, title = 'x') =>
  deriveSignatures(symptoms, title).map(({ kind, value }) => `${kind} ${value}`);

describe('signatures of an error text', () => {
  it.each([
    [
      "OSError: [E050] Can't find model 'de_small'",
      [
        "message OSError: [E050] Can't find model '<*>'",
        "message OSError: [E050] Can't find model 'de_small'",
        'code E050',
      ],
    ],
    [
      'kombu.exceptions.EncodeError: Object of type UUID is not JSON serializable',
      ['message EncodeError: Object of type UUID is not JSON serializable', 'type EncodeError'],
    ],
    ['java.lang.NullPointerException', ['type NullPointerException']],
    [
      'curl: (7) Failed to connect to host7 port 8000: Connection refused',
      ['message curl: (<*>) Failed to connect to host7 port <*>: Connection refused'],
    ],
    ['# Error: Used memory exceeds maximum memory limit', ['message Used memory exceeds maximum memory limit']],
    [
      'Traceback (most recent call last):\n  File "a.py", line 3, in f\nKeyError: 7',
      ['message KeyError: <*>', 'message KeyError: 7'],
    ],
    ['$ npm test', []],
    ['{ "a": 1 }', []],
  ])('%s', (text, expected) => expect(values(block(text))).toEqual(expected));

  it('reads inline code and quoted messages in prose', () => {
    expect(values('It says `ECONNREFUSED: connection refused` at once')).toEqual([
      'message ECONNREFUSED: connection refused',
      'code ECONNREFUSED',
    ]);
    expect(values('', '"Connection refused" when calling')).toEqual([]);
    expect(values('', '"Cannot connect to the API"')).toEqual(['message Cannot connect to the API']);
  });

  it('takes a code that the title is', () => {
    expect(values('', 'FST_ERR_TOO_LARGE')).toEqual(['code FST_ERR_TOO_LARGE']);
    expect(values('', 'TS2322: not assignable')).toContain('code TS2322');
    expect(values('', 'Restart the pump')).toEqual([]);
  });

  it('stays quick and bounded on hostile text', () => {
    const text = block(`${"'".repeat(400)}\n${'a.'.repeat(200)}Error\n`.repeat(2000));
    expect(deriveSignatures(text, 'x').length).toBeLessThanOrEqual(20);
    expect(cpuMs(() => deriveSignatures(text, 'x'))).toBeLessThan(500);
  });
});

it.each([
  ["cannot open '/srv/a/b.txt' at 0x7f3a", "cannot open '<*>' at <*>"],
  ['GET https://x.test/a?b=1 failed after 30s', 'GET <*> failed after 30s'],
  ["can't reach don't", "can't reach don't"],
  ['user 4711 at 10.0.0.7', 'user <*> at <*>'],
])('masks the values of %s', (text, masked) => expect(maskValues(text)).toBe(masked));
