/** Reports as services of seven languages send them to `/errors`, about a kilobyte and a half each. */

const WORDS = 'cart order stock user price coupon parcel invoice ledger session basket refund'.split(' ');
const word = (n: number): string => WORDS[n % WORDS.length]!;
const Word = (n: number): string => word(n).replace(/^./, (first) => first.toUpperCase());

interface Language {
  language: string;
  type: string;
  /** The stack of issue `issue`, as its runtime prints it. */
  stack(issue: number): string;
}

const frames = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');

const LANGUAGES: Language[] = [
  {
    language: 'python',
    type: 'sqlalchemy.exc.OperationalError',
    stack: (issue) =>
      `Traceback (most recent call last):\n${frames(9, (at) =>
        at % 3 === 0
          ? `  File "/usr/local/lib/python3.12/site-packages/starlette/routing_${at}.py", line ${200 + at}, in handle\n    await self.app(scope, receive, send)`
          : `  File "/srv/shop/${word(issue)}/part_${issue}_${at}.py", line ${at * 7 + 3}, in load_${word(issue + at)}\n    result = handler(request, timeout=${at})`,
      )}\nsqlalchemy.exc.OperationalError: connection to server was lost`,
  },
  {
    language: 'java',
    type: 'java.lang.IllegalStateException',
    stack: (issue) =>
      `java.lang.IllegalStateException: ${word(issue)} is closed\n${frames(16, (at) =>
        at % 3 === 2
          ? `\tat org.springframework.web.servlet.Dispatcher${at}.doDispatch(Dispatcher${at}.java:${900 + at})`
          : `\tat com.example.shop.${word(issue)}.${Word(issue + at)}Service${issue}.lambda$pay$${at}(${Word(issue + at)}Service${issue}.java:${40 + at})`,
      )}\nCaused by: java.net.SocketTimeoutException: Read timed out\n${frames(6, (at) => `\tat com.example.shop.net.Client${issue}.read${at}(Client${issue}.java:${10 + at})`)}\n\t... 12 more`,
  },
  {
    language: 'node',
    type: 'TypeError',
    stack: (issue) =>
      `TypeError: Cannot read properties of undefined (reading '${word(issue)}')\n${frames(10, (at) =>
        at % 4 === 3
          ? `    at Layer.handle (/srv/app/node_modules/express/lib/router/layer_${at}.js:${90 + at}:5)`
          : `    at async ${Word(issue + at)}Controller.load${issue} (file:///srv/app/src/${word(issue)}/${word(issue + at)}-${issue}.mjs:${at + 12}:${at + 3})`,
      )}\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`,
  },
  {
    language: 'javascript',
    type: 'ReferenceError',
    stack: (issue) =>
      `ReferenceError: ${word(issue)} is not defined\n${frames(10, (at) => `    at ${word(issue + at)}${issue} (https://shop.example/assets/chunk-${issue}.4f3a2b1c.js:${at + 1}:${1000 + at * 37})`)}`,
  },
  {
    language: 'go',
    type: '*net.OpError',
    stack: (issue) =>
      `panic: dial tcp: connection refused\n\ngoroutine 17 [running]:\n${frames(
        9,
        (at) =>
          `github.com/example/shop/${word(issue)}.(*Store${issue}).${Word(issue + at)}(0xc0000b2000, {0x1, 0x2})\n\t/srv/shop/${word(issue)}/store_${at}.go:${at + 40} +0x1d`,
      )}\nnet/http.(*Server).Serve(0xc000128000)\n\t/usr/local/go/src/net/http/server.go:3086 +0x5cb`,
  },
  {
    language: 'rust',
    type: 'shop::Error',
    stack: (issue) =>
      `thread 'main' panicked at src/${word(issue)}.rs:${issue}:9:\n${word(issue)} is empty\nstack backtrace:\n${frames(
        9,
        (at) =>
          `   ${at}: shop::${word(issue)}_${issue}::${word(issue + at)}::h0123456789abcde${at}\n             at ./src/${word(issue)}.rs:${at + 10}:5`,
      )}`,
  },
  {
    language: 'csharp',
    type: 'System.InvalidOperationException',
    stack: (issue) =>
      `System.InvalidOperationException: Sequence contains no elements\n${frames(10, (at) =>
        at % 3 === 0
          ? `   at System.Linq.ThrowHelper.ThrowNoElements${at}()`
          : `   at Shop.${Word(issue)}.${Word(issue + at)}Service${issue}.<Load>b__${at}_0(Int32 id) in C:\\src\\Shop\\${Word(issue)}Service.cs:line ${at + 20}`,
      )}`,
  },
];

const HOUR_MS = 3_600_000;
/** Reports tell of the hour before this, as those of running services do. */
const STARTED = Date.now();
/** When the `n`th of a stream happened. */
export const happenedAt = (n: number): number => STARTED - HOUR_MS + ((n * 977) % HOUR_MS);

/** The `n`th report of a stream over `issues` issues: its stack repeats with the issue, what it says of the moment does not. */
export function makeReport(n: number, issues: number): Record<string, unknown> {
  const issue = n % issues;
  const { language, type, stack } = LANGUAGES[issue % LANGUAGES.length]!;
  return {
    service: `service-${issue % 8}`,
    context: 'POST /orders/{id}/pay',
    error_type: type,
    error_message: `${word(issue)} ${n} of customer ${n * 31} could not be paid after ${n % 900} ms`,
    severity: 'high',
    environment: 'production',
    release: `1.${n % 5}.0`,
    timestamp: new Date(happenedAt(n)).toISOString(),
    language,
    stack_trace: stack(issue),
    additional_data: {
      order: n,
      amount: '12.50',
      currency: 'EUR',
      retry: n % 3,
      host: `node-${n % 12}`,
      path: `/orders/${n}/pay`,
    },
    tags: { region: 'eu-central-1', tier: 'gold' },
    user: { id: `user-${n % 5000}`, email: `user-${n % 5000}@example.com` },
  };
}
