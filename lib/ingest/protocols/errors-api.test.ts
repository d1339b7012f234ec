import { describe, expect, it } from 'vitest';
import { decodeJsonBody, readErrorReport } from './errors-api';
import { readJsonlLine, serviceOfFile } from './jsonl';

const GOOD = { service: 'shop', context: 'checkout', error_type: 'OSError', error_message: 'no disk' };
const read = (fields: object) => {
  const result = readErrorReport({ ...GOOD, ...fields });
  if ('error' in result) throw new Error(JSON.stringify(result.error));
  return result.draft;
};
const errorOf = (value: unknown) => {
  const result = readErrorReport(value);
  return 'error' in result ? result.error : null;
};

describe('readErrorReport', () => {
  it('maps the fields of the API', () => {
    const draft = read({ severity: 'critical', release: 2, additional_data: { a: 1 }, user: 'ada', host: 'x1' });
    expect(draft).toMatchObject({
      service: 'shop',
      transaction: 'checkout',
      level: 'fatal',
      release: '2',
      extra: { a: 1 },
      user: { id: 'ada' },
      other: { host: 'x1' },
      exceptions: [{ type: 'OSError', value: 'no disk' }],
    });
  });

  it.each([
    ['low', 'info'],
    ['medium', 'warning'],
    ['HIGH', 'error'],
    ['critical', 'fatal'],
  ])('takes severity %s as level %s', (severity, level) => expect(read({ severity }).level).toBe(level));
  it('lets the level win over the severity, and errors be the default', () => {
    expect(read({ severity: 'low', level: 'warn' }).level).toBe('warning');
    expect(read({}).level).toBe('error');
  });

  it('puts the reported type and message on the raised exception of the chain', () => {
    const draft = read({
      stack_trace:
        'Traceback (most recent call last):\n  File "/a.py", line 1, in f\nKeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "/b.py", line 2, in g\nOSError: other text',
    });
    expect(draft.platform).toBe('python');
    expect(draft.exceptions.map(({ type, value }) => [type, value])).toEqual([
      ['KeyError', '1'],
      ['OSError', 'no disk'],
    ]);
  });

  it('splits the package off the type where the language writes one', () => {
    const draft = read({
      error_type: 'java.io.IOException',
      stack_trace: 'java.io.IOException: x\n\tat com.shop.A.b(A.java:1)',
    });
    expect(draft.exceptions).toMatchObject([{ type: 'IOException', module: 'java.io' }]);
    expect(read({ error_type: 'build.failed' }).exceptions).toMatchObject([{ type: 'build.failed' }]);
  });

  it('takes the type off the front of the message', () => {
    expect(read({ error_message: 'OSError: no disk' }).exceptions).toEqual([{ type: 'OSError', value: 'no disk' }]);
    expect(read({ error_message: 'OSError: ' }).exceptions[0]?.value).toBe('OSError: ');
  });

  it('keeps a stack that no parser understands', () => {
    expect(read({ stack_trace: 'step 3 of 7 failed' }).exceptions[0]?.raw_stack).toBe('step 3 of 7 failed');
  });

  it('names the first wrong field and lists the others', () => {
    expect(errorOf({ service: ' ', error_type: 7, error_message: null })).toMatchObject({
      code: 'validation_failed',
      field: 'service',
      expected: 'a non-empty string',
      errors: [
        { field: 'service' },
        { field: 'error_type' },
        { field: 'error_message', message: 'error_message is required' },
      ],
    });
  });

  it('takes null for absent in optional fields', () =>
    expect(errorOf({ ...GOOD, stack_trace: null, tags: null, timestamp: null })).toBeNull());
});

describe('decodeJsonBody', () => {
  it('accepts a byte order mark', () =>
    expect(decodeJsonBody(Buffer.from('\ufeff{"a":1}'))).toEqual({ value: { a: 1 }, notes: [] }));
  it('does not complain of a replacement character that was sent as such', () =>
    expect(decodeJsonBody(Buffer.from('{"a":"\ufffd"}'))).toMatchObject({ notes: [] }));
});

describe('readJsonlLine', () => {
  it('knows the other names of the fields', () => {
    const line = readJsonlLine(
      '{"ts":1795168800,"error":"ValueError: no","traceback":"x","host":"a"}',
      3,
      'docker-build',
    );
    expect(line).toEqual({
      line: 3,
      report: {
        timestamp: 1795168800,
        error_message: 'ValueError: no',
        error_type: 'ValueError',
        stack_trace: 'x',
        service: 'docker-build',
        host: 'a',
      },
    });
  });
  it('tells the number of a bad line and skips blank ones', () => {
    expect(readJsonlLine('  ', 1)).toBeNull();
    expect(readJsonlLine('{oops', 7)).toMatchObject({ line: 7, error: { code: 'malformed_json', field: 'line 7' } });
    expect(readJsonlLine('{"service":"a"}', 8)).toMatchObject({ line: 8, error: { field: 'error_type' } });
  });
  it('reads the service off the name of the file', () => {
    expect(serviceOfFile('logs/errors/ci-cd-errors.jsonl')).toBe('ci-cd');
    expect(serviceOfFile('notes.jsonl')).toBeNull();
  });
});
