import { describe, expect, it } from 'vitest';
import { bundleScripts, readManifest, resolvePath } from './bundle-scripts';
import { chooseMap, type FoundMap } from './choose-map';
import { enclosingFunction } from './enclosing-function';
import { looksMinified, mappableFrames } from './event-scripts';
import { nearness, originless, parseDebugId } from './minified-url';
import { mapFrames, sourcePath } from './original-frames';
import { ScriptMap } from './trace-positions';

describe('addresses of scripts', () => {
  it.each([
    ['https://shop.test/assets/app.js?v=1#x', '~/assets/app.js'],
    ['http://shop.test:8080/app.js', '~/app.js'],
    ['app:///main.jsbundle', '~/main.jsbundle'],
    ['~/static//./app.js', '~/static/app.js'],
    ['/srv/app/dist/app.js', '~/srv/app/dist/app.js'],
    ['C:\\app\\dist\\app.js', '~/C:/app/dist/app.js'],
    ['app.js', '~/app.js'],
  ])('%s is %s', (url, expected) => expect(originless(url)).toBe(expected));

  it('are near when one is the end of the other', () => {
    expect(nearness('~/a/app.js', '~/a/app.js')).toBe(Number.POSITIVE_INFINITY);
    expect(nearness('~/assets/app.js', '~/cdn/v2/assets/app.js')).toBe(2);
    expect(nearness('~/app.js', '~/assets/app.js')).toBe(1);
    expect(nearness('~/other/app.js', '~/assets/app.js')).toBe(0);
    expect(nearness('~/xapp.js', '~/app.js')).toBe(0);
  });

  it('and debug ids come with and without dashes', () => {
    const id = '6f1c8d6e-0a44-4b52-9b7e-1f2a3b4c5d6e';
    expect(parseDebugId(id.replaceAll('-', '').toUpperCase())).toBe(id);
    for (const other of ['', 'x', `${id}0`, 7, null]) expect(parseDebugId(other)).toBeNull();
  });
});

describe('the map of a script', () => {
  const map = (fields: Partial<FoundMap>): FoundMap => ({
    id: '1',
    release: 'r',
    dist: '',
    url: '~/a/app.js',
    name: 'app.js',
    debug_id: null,
    checksum: 'c',
    ...fields,
  }); // prettier-ignore
  const script = { url: '~/a/app.js', release: 'r', dist: '', debugId: null };

  it('is that of its debug id, before any of its address', () => {
    const known = map({ debug_id: 'd', url: '~/z.js', release: 'other' });
    expect(chooseMap({ ...script, debugId: 'd' }, [map({}), known])).toBe(known);
  });

  it('is of the same release and build, or of the release without a build', () => {
    const [general, seven] = [map({}), map({ dist: '7', checksum: 'e' })];
    expect(chooseMap({ ...script, dist: '7' }, [general, seven])).toBe(seven);
    expect(chooseMap({ ...script, dist: '8' }, [general, seven])).toBe(general);
    expect(chooseMap(script, [seven])).toBeNull();
    expect(chooseMap({ ...script, release: 'q' }, [general])).toBeNull();
    expect(chooseMap({ ...script, release: '' }, [general])).toBeNull();
  });

  it('is the nearest one, and none where two are equally near', () => {
    const [near, far] = [map({ url: '~/a/app.js' }), map({ url: '~/app.js', checksum: 'e' })];
    expect(chooseMap({ ...script, url: '~/cdn/a/app.js' }, [far, near])).toBe(near);
    const twin = map({ url: '~/app.js', checksum: 'f' });
    expect(chooseMap({ ...script, url: '~/b/app.js' }, [far, twin])).toBeNull();
  });
});

describe('the function around a place', () => {
  const source = `
import x from 'x';
export async function load(id: string) {
  const rows = await x.get(id);
  return rows.map((row) => {
    if (row.ok) {
      return row.value.name;
    }
  });
}
export const Cart = (props: Props) => {
  const total = useMemo(
    () => props.items.reduce((a, b) => a + b, 0),
    [],
  );
  return total;
};
class Form extends Base {
  static async submit(
    order: Order,
  ): Promise<void> {
    await send(order);
  }
  #check = async (a) => a.b.c;
  render() { return this.props.x.y; }
}
const api = {
  fetchAll: function () {
    return go();
  },
};
boot();
`.split('\n');
  const around = (text: string): string | undefined => {
    const line = source.findIndex((row) => row.includes(text));
    return enclosingFunction(source, line, source[line]!.indexOf(text));
  };

  it.each([
    ['x.get', 'load'],
    ['row.value', 'load'],
    ['props.items', 'Cart'],
    ['send(order)', 'submit'],
    ['a.b.c', 'check'],
    ['this.props', 'render'],
    ['go()', 'fetchAll'],
    ['boot()', undefined],
  ])('%s is in %s', (text, name) => expect(around(text)).toBe(name));
});

describe('frames as they were written', () => {
  it.each([
    ['webpack:///./src/cart.ts', 'src/cart.ts'],
    ['webpack://shop/./src/cart.ts?ab12', 'src/cart.ts'],
    ['webpack:///../node_modules/react/index.js', 'node_modules/react/index.js'],
    ['../../src/cart.ts', 'src/cart.ts'],
    ['turbopack:///[project]/app/page.tsx', '[project]/app/page.tsx'],
    ['/src/cart.ts', 'src/cart.ts'],
  ])('%s is shown as %s', (source, path) => expect(sourcePath(source)).toBe(path));

  it('take their name from the caller when the source does not tell it, and are foreign in packages', () => {
    const frame = { function: 'r', filename: 'https://x.test/app.js', lineno: 1, colno: 5, in_app: true };
    const [caller, called] = mapFrames(
      [frame, frame],
      [
        { source: 'src/a.ts', line: 3, column: 1, name: 'checkout' },
        { source: 'webpack:///./node_modules/lib/x.js', line: 9, column: 2 },
      ],
    );
    expect(caller).toMatchObject({ function: '?', filename: 'src/a.ts', in_app: true });
    expect(called).toMatchObject({ function: 'checkout', in_app: false, minified: { function: 'r', colno: 5 } });
    expect(mapFrames([frame], [null])).toEqual([frame]);
  });

  it('are of scripts: no engine, no extension, nothing without a column', () => {
    const frames = [
      { filename: 'https://x.test/app.js', lineno: 1, colno: 900 },
      { filename: 'https://x.test/app.js', lineno: 1 },
      { filename: 'node:internal/modules', lineno: 1, colno: 1 },
      { filename: 'chrome-extension://a/b.js', lineno: 1, colno: 1 },
      { filename: '[native code]', lineno: 1, colno: 1 },
      { filename: 'a.py', lineno: 1, colno: 1, platform: 'python' },
    ];
    const found = mappableFrames({ platform: 'javascript', exceptions: [{ frames }] });
    expect(found.map(({ at }) => at)).toEqual([0]);
    expect(looksMinified(found[0]!)).toBe(true);
    expect(mappableFrames({ platform: 'java', exceptions: [{ frames: frames.slice(0, 1) }] })).toEqual([]);
  });

  it('show of a minified source what stands around the place', () => {
    const content = `${'a'.repeat(5000)}HERE${'b'.repeat(5000)}`;
    const map = new ScriptMap(
      JSON.stringify({ version: 3, sources: ['m.js'], sourcesContent: [content], names: [], mappings: 'AAAwxH' }),
    );
    const { context_line } = map.trace({ line: 1, column: 1 })!;
    expect(context_line!.length).toBeLessThan(310);
    expect(map.trace({ line: 0, column: 0 })).toBeNull();
    expect(() => new ScriptMap('no json')).toThrow();
  });
});

describe('an upload', () => {
  const stored = (path: string, debugId: string | null = null) => ({ path, checksum: path, size: 1, debugId });

  it('tells by the last line of a script which map is its own', () => {
    const scripts = bundleScripts({
      manifest: null,
      prefix: '~/static',
      tails: [
        { path: 'js/a.js', text: 'x\n//# sourceMappingURL=../maps/a.map\n' },
        { path: 'js/b.js', text: 'no comment' },
        { path: 'js/c.js', text: '//# sourceMappingURL=data:application/json;base64,e30=' },
        { path: 'js/d.js', text: '//# sourceMappingURL=../../../etc/passwd' },
      ],
      maps: [stored('maps/a.map'), stored('js/b.js.map'), stored('js/e.js.map')],
    });
    expect(scripts.map(({ url, checksum }) => [url, checksum])).toEqual([
      ['~/static/js/a.js', 'maps/a.map'],
      ['~/static/js/b.js', 'js/b.js.map'],
      ['~/static/js/e.js', 'js/e.js.map'],
    ]);
  });

  it('never leaves its own folder by a reference', () => {
    expect(resolvePath('a/b/', '../x.map')).toBe('a/x.map');
    expect(resolvePath('a/', '../../x.map')).toBeNull();
    expect(resolvePath('a/', 'https://x.test/x.map')).toBeNull();
  });

  it('has a manifest only if it looks like one', () => {
    for (const text of ['', '[]', '{}', '{"files":1}', 'null']) expect(readManifest(text)).toBeNull();
    expect(readManifest('{"files":{"a":null,"b":{"url":7}}}')?.files.get('b')?.url).toBe('b');
  });
});
