import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../event-schema';
import { parseStackTrace } from './parse-stack-trace';

const SHARED = process.env.ERRATA_SHARED ?? join(import.meta.dirname, '../../../../shared');

/** `module.function file:line:column`, with `*` on frames of the team's own code. */
const show = (frame: Frame): string => {
  const place = [frame.filename, frame.lineno, frame.colno].filter((part) => part !== undefined).join(':');
  const name = [frame.module, frame.function].filter(Boolean).join('.');
  return `${frame.in_app ? '*' : ''}${[name, place].filter(Boolean).join(' ')}`;
};
const read = (text: string, language?: string) => {
  const parsed = parseStackTrace(text, language);
  if (!parsed) return null;
  return {
    platform: parsed.platform,
    exceptions: parsed.exceptions.map(({ module, type, value, frames }) => ({
      head: `${module ? `${module}.` : ''}${type ?? '-'}: ${value ?? ''}`,
      frames: (frames ?? []).map(show),
    })),
  };
};

describe('parseStackTrace', () => {
  it('reads Node, caller first, with its cause', () => {
    const text = `/srv/app/pay.js:9
    throw new Error('no')
          ^

PaymentError: card was
declined
    at charge (/srv/app/pay.js:12:11)
    at async Object.run [as go] (file:///srv/app/main.mjs:3:5)
    at /srv/app/node_modules/express/lib/router.js:4:2
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
    at async Promise.all (index 0) {
  [cause]: TypeError: x is not a function
      at inner (C:\\Program Files (x86)\\app\\x.js:7:1)
}`;
    expect(read(text)).toEqual({
      platform: 'node',
      exceptions: [
        { head: 'TypeError: x is not a function', frames: ['*inner C:\\Program Files (x86)\\app\\x.js:7:1'] },
        {
          head: 'PaymentError: card was\ndeclined',
          frames: [
            'Promise.all',
            'process.processTicksAndRejections node:internal/process/task_queues:95:5',
            '? /srv/app/node_modules/express/lib/router.js:4:2',
            '*Object.run [as go] file:///srv/app/main.mjs:3:5',
            '*charge /srv/app/pay.js:12:11',
          ],
        },
      ],
    });
  });

  it('reads Firefox and Safari, whose lines hold an @', () => {
    const text =
      'pay@https://shop.example/assets/@scope/app.js:3:14\n@https://shop.example/:1:1\nforEach@[native code]\n';
    expect(read(text)).toEqual({
      platform: 'javascript',
      exceptions: [
        {
          head: '-: ',
          frames: [
            'forEach [native code]',
            '*? https://shop.example/:1:1',
            '*pay https://shop.example/assets/@scope/app.js:3:14',
          ],
        },
      ],
    });
  });

  it('reads a chain of Python, oldest first', () => {
    const text = `Traceback (most recent call last):
  File "/srv/app/db.py", line 4, in fetch
    return rows[key]
           ~~~~^^^^^
KeyError: 'id'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/usr/lib/python3.11/runpy.py", line 8, in run
    main()
  File "/srv/app/main.py", line 9, in <module>
    load()
  [Previous line repeated 3 more times]
app.errors.LoadError: cannot load
second line`;
    const parsed = read(text);
    expect(parsed?.exceptions).toEqual([
      { head: "KeyError: 'id'", frames: ['*fetch /srv/app/db.py:4'] },
      {
        head: 'app.errors.LoadError: cannot load\nsecond line',
        frames: ['run /usr/lib/python3.11/runpy.py:8', '*<module> /srv/app/main.py:9'],
      },
    ]);
    expect(parseStackTrace(text)?.exceptions[0]?.frames?.[0]?.context_line).toBe('return rows[key]');
  });

  it('reads an exception group of Python with its members before it', () => {
    const text = `  + Exception Group Traceback (most recent call last):
  |   File "/srv/a.py", line 9, in run
  |     raise group
  | ExceptionGroup: two failed (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/srv/a.py", line 2, in one
    |     raise ValueError("a")
    | ValueError: a
    +---------------- 2 ----------------
    | TypeError: b
    +------------------------------------`;
    expect(read(text)?.exceptions).toEqual([
      { head: 'TypeError: b', frames: [] },
      { head: 'ValueError: a', frames: ['*one /srv/a.py:2'] },
      { head: 'ExceptionGroup: two failed (2 sub-exceptions)', frames: ['*run /srv/a.py:9'] },
    ]);
    expect(
      parseStackTrace(text)?.exceptions.map(({ mechanism }) => [mechanism?.exception_id, mechanism?.parent_id]),
    ).toEqual([
      [2, 0],
      [1, 0],
      [0, undefined],
    ]);
  });

  it('reads Java with causes, suppressed exceptions and modules, and fills in the frames in common', () => {
    const text = `Exception in thread "main" com.shop.PayException: no: really
\tat com.shop.Pay.charge(Pay.java:12) ~[shop.jar:1.0]
\tat app//com.shop.Main.main(Main.java:3)
\tat java.base@17/java.lang.Thread.run(Thread.java:840)
\tSuppressed: java.io.IOException: close
\t\tat com.shop.Pay.close(Pay.java:40)
\t\t... 2 more
Caused by: java.lang.IllegalStateException
\tat com.shop.Db.<init>(Db.java:5)
\tat com.shop.Db$$Lambda$14/0x00000008000.run(Unknown Source)
\t... 2 more`;
    expect(read(text)).toEqual({
      platform: 'java',
      exceptions: [
        {
          head: 'java.lang.IllegalStateException: ',
          frames: [
            'java.lang.Thread.run Thread.java:840',
            '*com.shop.Main.main Main.java:3',
            '*com.shop.Db$$Lambda$14/0x00000008000.run',
            '*com.shop.Db.<init> Db.java:5',
          ],
        },
        {
          head: 'java.io.IOException: close',
          frames: [
            'java.lang.Thread.run Thread.java:840',
            '*com.shop.Main.main Main.java:3',
            '*com.shop.Pay.close Pay.java:40',
          ],
        },
        {
          head: 'com.shop.PayException: no: really',
          frames: [
            'java.lang.Thread.run Thread.java:840',
            '*com.shop.Main.main Main.java:3',
            '*com.shop.Pay.charge Pay.java:12',
          ],
        },
      ],
    });
  });

  it('reads a panic of Go', () => {
    const text = `panic: runtime error: index out of range [5] with length 3 [recovered]

goroutine 1 [running]:
runtime.gopanic({0x1, 0x2})
\t/usr/local/go/src/runtime/panic.go:884 +0x212
github.com/acme/shop/cart.(*Cart).Pay(0xc000, {0x1, 0x2})
\t/app/cart/cart.go:42 +0x1d
main.main()
\t/app/main.go:9 +0x20
created by net/http.(*Server).Serve in goroutine 7
\t/usr/local/go/src/net/http/server.go:3086 +0x5cb

goroutine 2 [sleep]:
main.other()
\t/app/other.go:1 +0x1
exit status 2`;
    expect(read(text)).toEqual({
      platform: 'go',
      exceptions: [
        {
          head: 'panic: runtime error: index out of range [5] with length 3',
          frames: [
            'net/http.(*Server).Serve /usr/local/go/src/net/http/server.go:3086',
            '*main.main /app/main.go:9',
            '*github.com/acme/shop/cart.(*Cart).Pay /app/cart/cart.go:42',
            'runtime.gopanic /usr/local/go/src/runtime/panic.go:884',
          ],
        },
      ],
    });
  });

  it('reads a panic of Rust', () => {
    const text = `thread 'main' panicked at src/main.rs:4:5:
index out of bounds
stack backtrace:
   0: rust_begin_unwind
             at /rustc/90b35a6/library/std/src/panicking.rs:645:5
   1: core::panicking::panic_fmt
   2: shop::cart::pay::h0123456789abcdef
             at ./src/cart.rs:10:9
   3: shop::main::{{closure}}
             at ./src/main.rs:4:5
note: Some details are omitted`;
    expect(read(text)).toEqual({
      platform: 'rust',
      exceptions: [
        {
          head: 'panic: index out of bounds',
          frames: [
            '*shop.main::{{closure}} ./src/main.rs:4:5',
            '*shop::cart.pay ./src/cart.rs:10:9',
            'core::panicking.panic_fmt',
            'rust_begin_unwind /rustc/90b35a6/library/std/src/panicking.rs:645:5',
          ],
        },
      ],
    });
  });

  it('reads .NET with its inner exception', () => {
    const text = `Unhandled exception. System.InvalidOperationException: outer
 ---> System.ArgumentException: inner
   at Shop.Cart..ctor(Int32 id) in /src/Cart.cs:line 7
   --- End of inner exception stack trace ---
   at Shop.Program.Main(String[] args) in /src/Program.cs:line 12
   at System.Threading.Thread.Start()`;
    expect(read(text)).toEqual({
      platform: 'csharp',
      exceptions: [
        { head: 'System.ArgumentException: inner', frames: ['*Shop.Cart..ctor /src/Cart.cs:7'] },
        {
          head: 'System.InvalidOperationException: outer',
          frames: ['System.Threading.Thread.Start', '*Shop.Program.Main /src/Program.cs:12'],
        },
      ],
    });
  });

  it.each([
    [
      'Opera 10',
      '  ...  Line 42 of linked script http://x.test/a.js\n    this.undef();\n  Line 4 of inline#1 script in http://x.test/: In function bar\n    go();',
      [
        ['?', 'http://x.test/a.js', 42, undefined],
        ['bar', 'http://x.test/', 4, undefined],
      ],
    ],
    [
      'Opera 12',
      'Error thrown at line 48, column 12 in <anonymous function: run>(x) in http://x.test/a.js:\n    x.undef();\ncalled from line 15, column 3 in http://x.test/a.js:\n    go();',
      [
        ['run', 'http://x.test/a.js', 48, 12],
        ['?', 'http://x.test/a.js', 15, 3],
      ],
    ],
    [
      'the arguments of Opera 10',
      '<anonymous>([arguments not available])@http://x.test/a.js:42\nfoo([arguments not available])@http://x.test/a.js:11',
      [
        ['?', 'http://x.test/a.js', 42, undefined],
        ['foo', 'http://x.test/a.js', 11, undefined],
      ],
    ],
    [
      'Hermes',
      'TypeError: x\n    at value (address at index.android.bundle:1:32776)\n    at apply (native)',
      [
        ['value', 'index.android.bundle', 1, 32776],
        ['apply', undefined, undefined, undefined],
      ],
    ],
  ])('reads %s', (_, text, expected) => {
    const frames = [...(parseStackTrace(text)?.exceptions[0]?.frames ?? [])].reverse();
    expect(frames.map((frame) => [frame.function, frame.filename, frame.lineno, frame.colno])).toEqual(expected);
  });

  it('leaves prose alone', () => {
    for (const text of [
      '',
      'nothing here',
      'meet at noon',
      'write to ada@example.com:25 now',
      'ratio 3:4:5 is fine here',
      '{"a": 1}',
    ]) {
      expect(read(text)).toBeNull();
    }
  });

  it('is not misled by prose that begins like a frame', () => {
    const text =
      'com.acme.MappingException: cannot read\n at [Source: (String)"{"a":1}"; line: 1, column: 12] (through chain)\n\tat com.acme.A.b(A.java:3)';
    expect(read(text)?.platform).toBe('java');
  });
});

/** Public specifications, where they are at hand. Opera 11 and 12 expect columns that stand in another property than `stack`. */
const file = join(SHARED, 'data/js_stacks/js_stacks_dev.jsonl');
interface Expected {
  func: string;
  url: string | null;
  line: number | null;
  column: number | null;
}
const cases: { id: string; stack: string; expected: Expected[]; complete: boolean }[] = existsSync(file)
  ? readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [
      {
        id: 'own',
        stack: 'a@http://x/y.js:1:2',
        expected: [{ func: 'a', url: 'http://x/y.js', line: 1, column: 2 }],
        complete: true,
      },
    ];

describe('browser stacks', () => {
  it('gives at least 98 of 100 frames as expected', () => {
    let [right, all] = [0, 0];
    for (const { stack, expected, complete } of cases.filter(({ id }) => !/OPERA_1[12]$/.test(id))) {
      const frames = [...(parseStackTrace(stack)?.exceptions.at(-1)?.frames ?? [])].reverse().map(
        (frame): Expected => ({
          func: frame.function ?? '?',
          url: frame.filename ?? null,
          line: frame.lineno ?? null,
          column: frame.colno ?? null,
        }),
      );
      const seen = frames.map((frame) => JSON.stringify(frame));
      all += expected.length;
      right += expected.filter((frame, at) =>
        complete ? seen[at] === JSON.stringify(frame) : seen.includes(JSON.stringify(frame)),
      ).length;
    }
    expect(right / all).toBeGreaterThanOrEqual(0.98);
  });
});
