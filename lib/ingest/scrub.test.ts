import { describe, expect, it } from 'vitest';
import { cpuMs } from '@/lib/test-cpu-time';
import { cleanPayload } from './clean-payload';
import { isSensitiveKey, type ScrubMode, scrubText } from './scrub';

describe('isSensitiveKey', () => {
  it.each([
    'password',
    'DB_PASSWORD',
    'userPasswd',
    'x-api-key',
    'apiKey',
    'Authorization',
    'auth',
    'credentials',
    'private-key',
    'accessToken',
    'otp',
    'two_factor',
    'Cookie',
    'set-cookie',
    'sessionid',
    'csrftoken',
  ])('knows %s', (key) => expect(isSensitiveKey(key)).toBe(true));
  it.each(['author', 'authors', 'name', 'option', 'laptop', 'sum', 'session_count', 'passenger', 'su_count'])(
    'leaves %s',
    (key) => expect(isSensitiveKey(key)).toBe(false),
  );
});

const CASES: [ScrubMode, string, string][] = [
  ['text', 'card 4111-1111-1111-1111 declined', 'card [Filtered] declined'],
  ['text', 'amex 3782 822463 10005.', 'amex [Filtered].'],
  ['text', 'ssn 078-05-1120', 'ssn [Filtered]'],
  ['text', 'iban DE89 3704 0044 0532 0130 00 is wrong', 'iban [Filtered] is wrong'],
  ['text', 'sent to ada.l+x@mail.example.com twice', 'sent to [Filtered] twice'],
  ['text', 'header bearer abc.def-ghi was refused', 'header bearer [Filtered] was refused'],
  ['text', 'connect postgres://app:pa%24s@db:5432/x', 'connect postgres://app:[Filtered]@db:5432/x'],
  ['text', 'GET /a?token=abc&x=1 password=hunter2', 'GET /a?token=[Filtered]&x=1 password=[Filtered]'],
  ['text', 'wrong password for user', 'wrong password for user'],
  ['text', "Unexpected token: '<'", "Unexpected token: '<'"],
  ['text', 'order 1234567890123456789 at 2026-11-20 10:00:00', 'order 1234567890123456789 at 2026-11-20 10:00:00'],
  ['text', 'value@index.android.bundle:12:1917', 'value@index.android.bundle:12:1917'],
  ['text', '/home/ada/x.py is missing', '/home/ada/x.py is missing'],
  ['value', '/home/ada/x.py and C:\\Users\\Ada\\y', '/home/[Filtered]/x.py and C:\\Users\\[Filtered]\\y'],
  ['value', 'ada@example.com', 'ada@example.com'],
  ['source', "db.login(user='ada', password='hunter2')", "db.login(user='ada', password=[Filtered])"],
  ['source', '  "api_key": "k-1", n = 3', '  "api_key": "[Filtered]", n = 3'],
  ['query', 'a=1&auth=x&page=2', 'a=1&auth=[Filtered]&page=2'],
  ['exempt', '/home/ada/4111111111111111.js', '/home/ada/4111111111111111.js'],
];

describe('scrubText', () => {
  it.each(CASES)('%s: %s', (mode, text, expected) => expect(scrubText(text, mode)).toBe(expected));

  it('takes out the body of a private key, cut off or not', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow+/=\nabc';
    expect(scrubText(`${key}\n-----END RSA PRIVATE KEY-----`, 'text')).toBe(
      '-----BEGIN RSA PRIVATE KEY-----[Filtered]-----END RSA PRIVATE KEY-----',
    );
    expect(scrubText(key, 'text')).toBe('-----BEGIN RSA PRIVATE KEY-----[Filtered]');
  });

  it('stays linear on hostile text', () => {
    const pieces = [
      'a',
      '@',
      'a@',
      'a.b@',
      '1',
      '4111 ',
      '=',
      'password',
      'password=',
      'token="',
      '-----BEGIN KEY-----',
      '-----BEGIN A KEY-----\nx',
      '/home/',
      '://',
      '://a:',
      'bearer ',
      'AB12 ',
      'a@b.',
      '&=',
      '"',
      '078-05-',
    ];
    for (const piece of pieces) {
      for (const mode of ['text', 'value', 'source', 'query'] as const) {
        const text = piece.repeat(Math.ceil(500_000 / piece.length));
        const spent = cpuMs(() => scrubText(text, mode));
        expect(spent, `${piece} as ${mode}`).toBeLessThan(1000);
      }
    }
  });
});

const clean = (payload: Record<string, unknown>) => {
  const trimmed: string[] = [];
  return { payload: cleanPayload(payload, trimmed), trimmed };
};

describe('cleanPayload', () => {
  it('shares what needs no change and never modifies its input', () => {
    const payload = { service: 'shop', extra: { list: [1, 2, { a: 'b' }] }, secret: 'x' };
    const copy = structuredClone(payload);
    const cleaned = clean(payload).payload;
    expect(payload).toEqual(copy);
    expect(cleaned.extra).toBe(payload.extra);
    expect(cleaned.secret).toBe('[Filtered]');
  });

  it('scrubs by key at any depth, pairs, JSON in a string, variables and source lines', () => {
    const { payload } = clean({
      request: {
        headers: [
          ['Authorization', 'Basic x'],
          ['accept', '*/*'],
        ],
        cookies: { a: 1 },
        data: '{"a":{"password":"p"},"b":1}',
        query_string: 'token=t&b=1',
      },
      exception: {
        values: [
          {
            stacktrace: {
              frames: [
                { filename: '/home/ada/x.py', context_line: 'password = "p"', vars: { api_key: "'k'", n: '1' } },
              ],
            },
          },
        ],
      },
    });
    expect(payload).toEqual({
      request: {
        headers: [
          ['Authorization', '[Filtered]'],
          ['accept', '*/*'],
        ],
        cookies: '[Filtered]',
        data: '{"a":{"password":"[Filtered]"},"b":1}',
        query_string: 'token=[Filtered]&b=1',
      },
      exception: {
        values: [
          {
            stacktrace: {
              frames: [
                {
                  filename: '/home/ada/x.py',
                  context_line: 'password = "[Filtered]"',
                  vars: { api_key: '[Filtered]', n: '1' },
                },
              ],
            },
          },
        ],
      },
    });
  });

  it('limits depth, strings and lists, and says so', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(30)}1${'}'.repeat(30)}`);
    const { payload, trimmed } = clean({
      deep,
      long: 'x'.repeat(20_000),
      message: 'y'.repeat(9000),
      list: Array(2000).fill(1),
    });
    expect(JSON.stringify(payload.deep)).toContain('[object]');
    expect(payload.long).toHaveLength(16_384);
    expect(payload.message).toHaveLength(8192);
    expect(payload.list).toHaveLength(1000);
    expect(trimmed.map((line) => line.split(/[:.]/)[0])).toEqual(['deep', 'long', 'message', 'list']);
  });

  it('mends NUL and lone surrogates in values and keys', () => {
    const { payload, trimmed } = clean({ a: 'x\u0000y', 'k\ud800': '💥' });
    expect(payload).toEqual({ a: 'x\ufffdy', 'k\ufffd': '💥' });
    expect(trimmed).toHaveLength(1);
  });
});
