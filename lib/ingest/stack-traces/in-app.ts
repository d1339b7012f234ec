/** Whether a frame is the team's own code, by language. False for runtimes, standard libraries, frameworks and packages. */
import type { Frame } from '../event-schema';

const OLD_NODE_CORE = /^(?:internal\/|_?[a-z]+(?:_[a-z]+)*\.js$)/;
const JS_FOREIGN =
  /^(?:node:|native$|\[native code\]|<anonymous>|eval code|(?:chrome|moz|safari(?:-web)?|ms-browser)-extension:|webpack\/|wasm:)/;

function javascriptInApp({ filename }: Frame): boolean {
  if (!filename || JS_FOREIGN.test(filename)) return false;
  if (filename.includes('node_modules/') || filename.includes('node_modules\\') || filename.includes('/~/'))
    return false;
  return !OLD_NODE_CORE.test(filename);
}

const PYTHON_FOREIGN =
  /(?:^|[\\/])(?:site-packages|dist-packages)[\\/]|[\\/]lib(?:64)?[\\/]python\d|[\\/]Python\d+[\\/]Lib[\\/]|^<frozen |^<__array_function__|[\\/]python\d*\.zip[\\/]/;

const pythonInApp = ({ filename }: Frame): boolean => !!filename && !PYTHON_FOREIGN.test(filename);

const JVM_FOREIGN =
  /^(?:javax?|jdk|sun|com\.sun|jakarta|kotlinx?|scala|groovy|junit|org\.(?:springframework|apache|junit|codehaus\.groovy|gradle|hibernate|eclipse\.jetty))\./;

const javaInApp = ({ module }: Frame): boolean => !!module && !JVM_FOREIGN.test(module);

const GO_FOREIGN_FILE =
  /\/pkg\/mod\/|\/vendor\/|^_cgo_|\/(?:usr\/(?:local|lib)\/go[^/]*|usr\/share\/go[^/]*|sdk\/go[\d.]+|opt\/go|hostedtoolcache\/go\/[^/]+\/[^/]+|libexec)\/src\//;
const GO_STANDARD =
  /^(?:runtime|net|os|io|sync|testing|reflect|encoding|database|context|bufio|bytes|errors|fmt|strings|syscall|time|internal|crypto|compress|html|log|math|mime|path|regexp|sort|strconv|text|unicode|archive|go|container|image|iter|maps|slices|plugin|unsafe|embed|expvar|flag|hash|index)(?:\/|$)/;

function goInApp({ module = '', filename = '' }: Frame): boolean {
  if (GO_FOREIGN_FILE.test(filename)) return false;
  return !(GO_STANDARD.test(module) && filename.includes(`/src/${module}/`));
}

const RUST_FOREIGN =
  /^(?:std|core|alloc|tokio|futures_\w*|anyhow|eyre|log|tracing(?:_\w+)?|sentry(?:_\w+)?|backtrace|test|hyper|panic_unwind|rust_begin_unwind|rust_panic|__rust|_start$|start_thread|clone3?$|__libc_|___?main|main$|unknown>$|at \/)/;
const RUST_FOREIGN_FILE =
  /^\/rustc\/|[\\/](?:\.cargo|cargo)[\\/]registry[\\/]|\/\.rustup\/|\/library\/(?:std|core|alloc)\//;
/** `<T as crate::Trait>::f`: where the type is a placeholder, or of the language, the trait says whose it is. */
const RUST_TRAIT = /^(?:[A-Z]|[a-z]+\d{0,3}) as /;

function rustInApp({ function: name = '', module = '', filename, abs_path }: Frame): boolean {
  const bare = (module ? `${module}::${name}` : name).replace(/^[<&(]+(?:dyn |mut )?/, '').replace(RUST_TRAIT, '');
  if (RUST_FOREIGN.test(bare)) return false;
  const path = abs_path ?? filename;
  return !path || !RUST_FOREIGN_FILE.test(path);
}

const dotnetInApp = ({ module = '' }: Frame): boolean => !/^(?:System|Microsoft|Mono|Interop)(?:\.|$)/.test(module);

const RULES: Record<string, (frame: Frame) => boolean> = {
  javascript: javascriptInApp,
  node: javascriptInApp,
  python: pythonInApp,
  java: javaInApp,
  go: goInApp,
  rust: rustInApp,
  csharp: dotnetInApp,
};

/**
 * Sets `in_app` on frames that do not say it themselves. A platform without a rule counts every frame as own code.
 * `doubt`: what is said to be own code has to pass the rule as well.
 */
export function markInApp(platform: string, frames: Frame[] | undefined, { doubt = false } = {}): void {
  const rule = RULES[platform];
  for (const frame of frames ?? []) {
    if (frame.in_app === undefined || (doubt && frame.in_app)) frame.in_app = rule ? rule(frame) : true;
  }
}
