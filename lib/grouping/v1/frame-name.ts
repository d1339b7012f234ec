import type { Frame } from '@/lib/ingest/event-schema';

/** Names of frames without what changes from build to build: counters, hashes, proxies, async and lambda wrappers. */

const MAX_NAME = 512;
/** Characters that are remembered, a text counting for as many more as it takes to remember it. */
const REMEMBERED = 2_000_000;
const OVERHEAD = 64;

/** Frames repeat from event to event: remembers what a pure function of a short text gave, as long as there is room. */
export function remembered<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  let held = 0;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = compute(text);
    if (text.length > MAX_NAME) return result;
    held += text.length + OVERHEAD;
    if (held > REMEMBERED) {
      known.clear();
      held = text.length + OVERHEAD;
    }
    known.set(text, result);
    return result;
  };
}

type Rewrite = readonly [pattern: RegExp, replacement: string];

function rewrite(name: string, rules: readonly Rewrite[]): string {
  let out = name.length > MAX_NAME ? name.slice(0, MAX_NAME) : name;
  for (const [pattern, replacement] of rules) out = out.replace(pattern, replacement);
  return out;
}

const JVM_MODULE: readonly Rewrite[] = [
  [/\$\$(?:Lambda|EnhancerBy|FastClassBy|SpringCGLIB|KeyFactoryBy).{0,256}$/, ''],
  [/(?:_\$\$_jvst|_\$\$_javassist|\$HibernateProxy|\$MockitoMock|\$ByteBuddy).{0,256}$/, ''],
  [/(Generated(?:Method|Constructor|SerializationConstructor)Accessor|\$Proxy)\d{1,9}/, '$1'],
  [/\$\d{1,6}(?=\$|$)/g, '$'],
];

const JVM_FUNCTION: readonly Rewrite[] = [
  [/^lambda\$([^$]{1,200})\$.{0,64}$/, '$1'],
  [/^access\$\d{1,6}$/, 'access$'],
  [/^invokeSuspend$/, 'invoke'],
  [/\$(?:default|lambda\$?\d{0,6}|\d{1,6})$/, ''],
];

const JS_FUNCTION: readonly Rewrite[] = [
  [/^(?:async\*?|new) /, ''],
  [/ \[as [^\]]{1,200}\]$/, ''],
  [/(?:\/<)+$/, ''],
  [/^.{0,400}\./, ''],
  [/^(?:<anonymous>|anonymous|Anonymous function|\?|eval)$/, ''],
];

const GO_FUNCTION: readonly Rewrite[] = [
  [/\[[^\]]{0,200}\]/g, ''],
  [/(?:[.·](?:func)?\d{1,4}|-fm|-range\d{1,3}|\.gowrap\d{1,3})+$/, ''],
];

const RUST_FUNCTION: readonly Rewrite[] = [
  [/::h[0-9a-f]{16}$/, ''],
  [/(?:::\{\{?(?:closure|async_block|async_fn|impl)[^}]{0,40}\}?\})+/g, ''],
  [/<[^<>]{0,200}>/g, ''],
  [/<[^<>]{0,200}>/g, ''],
];

const DOTNET_FUNCTION: readonly Rewrite[] = [
  [/^(?:.{0,200}[.+])?<([^<>]{1,200})>[a-z]__.{0,100}$/, '$1'],
  [/`\d{1,2}(?:\[[^\]]{0,200}\])?/g, ''],
];

const DOTNET_MODULE: readonly Rewrite[] = [
  [/[.+]<>c(?:__.{0,80})?$/, ''],
  [/[.+]<([^<>]{1,200})>[a-z]__.{0,80}$/, ''],
  [/`\d{1,2}(?:\[[^\]]{0,200}\])?/g, ''],
];

const RUBY_FUNCTION: readonly Rewrite[] = [[/^(?:block|rescue|ensure)(?: \(\d{1,3} levels\))? in /, '']];
const PYTHON_FUNCTION: readonly Rewrite[] = [
  [/(?:\.<locals>)?\.?<(?:lambda|listcomp|dictcomp|setcomp|genexpr)>$/, ''],
  [/^\?$/, ''],
];
const PHP_FUNCTION: readonly Rewrite[] = [
  [/\{closure[^}]{0,200}\}/, ''],
  [/@anonymous.{0,300}$/, ''],
];

const FUNCTION_RULES: Readonly<Record<string, readonly Rewrite[]>> = {
  java: JVM_FUNCTION,
  javascript: JS_FUNCTION,
  node: JS_FUNCTION,
  go: GO_FUNCTION,
  rust: RUST_FUNCTION,
  native: RUST_FUNCTION,
  csharp: DOTNET_FUNCTION,
  ruby: RUBY_FUNCTION,
  python: PYTHON_FUNCTION,
  php: PHP_FUNCTION,
};

const MODULE_RULES: Readonly<Record<string, readonly Rewrite[]>> = { java: JVM_MODULE, csharp: DOTNET_MODULE };

/** What every name has that a rule of its language takes something from. */
const MARKS: Readonly<Record<string, RegExp>> = {
  'java module': /\$|Accessor/,
  'csharp module': /[<`]/,
  java: /\$|^invokeSuspend$/,
  javascript: /[ .<?/]|^(?:anonymous|eval)$/,
  node: /[ .<?/]|^(?:anonymous|eval)$/,
  go: /[\d[]|-fm/,
  rust: /[{<]|::h/,
  native: /[{<]|::h/,
  csharp: /[<`]/,
  ruby: / in /,
  python: /[<?]/,
  php: /[{@]/,
};

type Namer = (text: string) => string;
const asItIs: Namer = (text) => (text.length > MAX_NAME ? text.slice(0, MAX_NAME) : text);
function namers(rules: Readonly<Record<string, readonly Rewrite[]>>, suffix = ''): ReadonlyMap<string, Namer> {
  return new Map(
    Object.entries(rules).map(([language, list]): [string, Namer] => {
      const rewritten = remembered((text) => rewrite(text, list));
      const marks = MARKS[language + suffix]!;
      return [language, (text) => (text.length <= MAX_NAME && !marks.test(text) ? text : rewritten(text))];
    }),
  );
}
const FUNCTION = namers(FUNCTION_RULES);
const MODULE = namers(MODULE_RULES, ' module');

/** Eight letters as bundlers draw them, capitals anywhere: `index-DkXaBcQz.js`, not `cart-Checkout.js`. */
const LETTER_DIGEST =
  /([.-])(?=[\w-]{8}\.)(?:(?=[\w-]{0,7}\d)(?=[\w-]{0,7}[A-Z])|(?=\w(?:[a-z_-]{0,6}[A-Z]){2}))[\w-]{8}(?=(?:\.(?:min|chunk|bundle)){0,2}\.[cm]?[jt]sx?$)/;

/** Digests in file names of bundles: `main.3f2a9c1b.js`, `chunk-QX7AB2LM.js`. */
const BUNDLE_HASH: readonly Rewrite[] = [
  [/[?#].{0,2048}$/, ''],
  [/([.-])(?=[a-zA-Z]{0,40}\d)[0-9a-zA-Z_]{6,64}(?=(?:\.(?:min|chunk|bundle)){0,2}\.[cm]?[jt]sx?$)/, '$1<hash>'],
  [LETTER_DIGEST, '$1<hash>'],
  [/^(?=[a-f]{0,64}\d)[0-9a-f]{8,64}(?=\.)/, '<hash>'],
];

const QUERY = /[?#].{0,2048}$/;
const HAS_QUERY = /[?#]/;
const HAS_DIGIT = /\d/;

/** Last two segments of a path or an address, without digests. */
export const fileKey = remembered((path: string): string => {
  let bounded = path.length > 2048 ? path.slice(-2048) : path;
  if (bounded.includes('\\')) bounded = bounded.replaceAll('\\', '/');
  if (bounded.includes('://')) bounded = bounded.replace(/^[a-z+]{2,12}:\/\/[^/]*/i, '');
  const isQueried = HAS_QUERY.test(bounded);
  if (isQueried) bounded = bounded.replace(QUERY, '');
  const segments: string[] = [];
  for (let end = bounded.length; end >= 0 && segments.length < 2; ) {
    const start = end === 0 ? -1 : bounded.lastIndexOf('/', end - 1);
    const segment = bounded.slice(start + 1, end);
    if (segment !== '' && segment !== '.') {
      segments.unshift(
        isQueried || HAS_DIGIT.test(segment) || LETTER_DIGEST.test(segment)
          ? rewrite(segment, BUNDLE_HASH)
          : asItIs(segment),
      );
    }
    end = start;
  }
  return segments.join('/').toLowerCase();
});

/** Function without generated parts; empty for one that has no name of its own. */
export function functionKey(frame: Frame, platform: string): string {
  return (FUNCTION.get(frame.platform ?? platform) ?? asItIs)(frame.function ?? '');
}

const isPath = (text: string) => text.includes('/') || text.includes('\\');

/** Where the frame's code lives: the class or module where there is one, else the file. */
export function placeKey(frame: Frame, platform: string): string {
  const language = frame.platform ?? platform;
  const byFile = language === 'javascript' || language === 'node';
  if (frame.module && !(byFile && (isPath(frame.module) || frame.filename))) {
    return (MODULE.get(language) ?? asItIs)(frame.module);
  }
  const file = frame.filename ?? frame.abs_path ?? frame.package;
  if (!file || /^(?:<anonymous>|\[native code\]|native)$/.test(file)) return frame.module ?? '';
  return fileKey(file);
}
