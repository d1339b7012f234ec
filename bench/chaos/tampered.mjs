/**
 * Preloaded into every process of the app (`NODE_OPTIONS=--import=…`): its clock goes wrong, and its disk is slow, as the
 * file `ERRATA_TAMPER` says: `{"clockMs": 0, "syncMs": 0}`, read again twenty times a second.
 */
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';

const path = process.env.ERRATA_TAMPER;
let clockMs = 0;
let syncMs = 0;

function read() {
  try {
    ({ clockMs = 0, syncMs = 0 } = JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Being written just now.
  }
}

if (path) {
  read();
  setInterval(read, 50).unref();

  const RealDate = Date;
  const now = () => RealDate.now() + clockMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });

  const handle = await open(path, 'r');
  const prototype = Object.getPrototypeOf(handle);
  await handle.close();
  for (const name of ['sync', 'datasync']) {
    const real = prototype[name];
    prototype[name] = async function slowly() {
      if (syncMs > 0) await new Promise((done) => setTimeout(done, syncMs));
      return real.call(this);
    };
  }
}
