import { describe, expect, test } from 'vitest';
import type { GroupingRule } from '../grouping-rules-schema';
import { parseRules, printRules } from './rule-text';

const rulesOf = (text: string): GroupingRule[] => {
  const { rules, errors } = parseRules(text);
  expect(errors).toEqual([]);
  return rules;
};

describe('the text of rules', () => {
  test('says conditions and what follows from them', () => {
    expect(
      rulesOf(`
        # Regions fail apart.
        # Ask Ada.
        type:Timeout !service:batch-* tags.region:[eu, "us west"] -> {{ default }}, {{ tags.region }} title="Timeout in {{ tags.region }}"

        error.type:"My Error" stack.function:handle_* app:true -> my-error level=warning
        logger:noise -> drop
      `),
    ).toEqual([
      {
        note: 'Regions fail apart.\nAsk Ada.',
        conditions: [
          { field: 'type', patterns: ['Timeout'] },
          { field: 'service', patterns: ['batch-*'], negated: true },
          { field: 'tag', key: 'region', patterns: ['eu', 'us west'] },
        ],
        fingerprint: ['{{ default }}', '{{ tags.region }}'],
        title: 'Timeout in {{ tags.region }}',
      },
      {
        conditions: [
          { field: 'type', patterns: ['My Error'] },
          { field: 'function', patterns: ['handle_*'] },
          { field: 'app', patterns: ['true'] },
        ],
        fingerprint: ['my-error'],
        level: 'warning',
      },
      { conditions: [{ field: 'logger', patterns: ['noise'] }], drop: true },
    ]);
  });

  test.each([
    ['mesage:x -> y', 1, 'there is no field "mesage"'],
    ['type x -> y', 5, 'after type, found "x"'],
    ['type: -> y', 6, ''],
    ['type:"x -> y', 6, 'this text is not closed'],
    ['tags.a:[b, c -> y', 8, 'this list is not closed'],
    ['tags.a:[] -> y', 8, 'this list is empty'],
    ['type:x', 7, 'the rule says not what to do'],
    ['-> y', 1, 'the rule has no condition'],
    ['type:x -> ', 10, 'expected a fingerprint, a title, a level or drop'],
    ['type:x -> drop y', 10, 'a rule that drops can do nothing else'],
    ['type:x -> level=loud', 11, '"loud" is no level'],
    ['level:loud -> y', 7, '"loud" is no level'],
    ['app:maybe -> y', 5, '"maybe" is no app'],
    ['hash:123 -> y', 6, '"123" is no hash'],
    ['type:x -> {{ nope }}', 11, 'there is no variable {{ nope }}'],
    ['type:x -> "a {{ default }}"', 11, '{{ default }} must be a part of its own'],
    ['type:x -> title="{{ default }}"', 17, '{{ default }} stands for hashed parts'],
    ['type:x -> {{ type', 11, 'this variable is not closed'],
    ['tags.:x -> y', 1, 'there is no field "tags."'],
    ['"type":x -> y', 1, 'no condition: found ""type":x"'],
  ])('%s: column %i', (line, column, message) => {
    const { rules, errors } = parseRules(`type:fine -> fine\n${line}\ntype:also -> fine`);
    expect(rules).toHaveLength(2);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ line: 2, column });
    expect(errors[0]!.message).toContain(message);
    expect(errors[0]!.expected).not.toBe('');
  });

  test('is read again as what was printed', () => {
    const rules: GroupingRule[] = [
      {
        conditions: [
          { field: 'message', patterns: ['say "hi" \\ or *', 'x]'], negated: true },
          { field: 'tag', key: 'a.b-c', patterns: ['->'] },
          { field: 'hash', patterns: ['0'.repeat(32)] },
        ],
        fingerprint: ['drop', 'title=x', '{{type}}', 'two words', 'a,b', 'x {{ type }}'],
        title: '"quoted" {{ message }}',
        level: 'info',
        note: 'one\ntwo',
      },
      { conditions: [{ field: 'path', patterns: ['C:\\src\\*'] }], drop: true },
    ];
    expect(rulesOf(printRules(rules))).toEqual(rules);
  });

  test('is refused as a whole only when it is far too long, and takes no time on hostile lines', () => {
    expect(parseRules('x'.repeat(300_000)).errors[0]).toMatchObject({ line: 1, expected: 'at most 200000' });
    const started = process.cpuUsage();
    for (const hostile of [
      '{'.repeat(150_000),
      'a:"'.repeat(60_000),
      `a:${'['.repeat(150_000)}`,
      '{{ x '.repeat(40_000),
    ])
      expect(parseRules(hostile).errors).toHaveLength(1);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(500);
  });
});
