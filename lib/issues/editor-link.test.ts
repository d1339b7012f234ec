import { describe, expect, it } from 'vitest';
import { type Editor, editorLink, editorTemplateProblem, readEditor } from './editor-link';

const VSCODE = 'vscode://file/{path}:{line}:{column}';
const open = (editor: Partial<Editor>, frame: Parameters<typeof editorLink>[1]) =>
  editorLink({ template: VSCODE, mappings: [], ...editor }, frame);

describe('the link that opens an editor', () => {
  it('leads to the line and column of a whole path', () => {
    expect(open({}, { abs_path: '/srv/app/pay.py', filename: 'pay.py', lineno: 41, colno: 7 })).toBe(
      'vscode://file/srv/app/pay.py:41:7',
    );
  });

  it.each([
    ['/app', '/home/ada/shop', { abs_path: '/app/src/pay.ts' }, '/home/ada/shop/src/pay.ts'],
    ['/app/', '/home/ada/shop', { abs_path: '/app/src/pay.ts' }, '/home/ada/shop/src/pay.ts'],
    ['', '/home/ada/shop', { filename: 'src/pay.ts' }, '/home/ada/shop/src/pay.ts'],
    ['https://shop.example/', '/w/', { abs_path: 'https://shop.example/src/a.js' }, '/w/src/a.js'],
    ['C:\\build\\', '/w/', { abs_path: 'C:\\build\\src\\a.cs' }, '/w/src/a.cs'],
  ])('puts %s on this machine at %s', (from, to, frame, path) => {
    expect(open({ template: 'x://{path}', mappings: [{ from, to }] }, frame)).toBe(`x:/${path}`);
  });

  it('takes the first mapping that fits', () => {
    const mappings = [
      { from: '/app/vendor', to: '/v' },
      { from: '/app', to: '/a' },
    ];
    expect(open({ mappings }, { abs_path: '/app/vendor/x.php' })).toContain('/v/x.php');
    expect(open({ mappings }, { abs_path: '/app/x.php' })).toContain('/a/x.php');
  });

  it('keeps the drive of a Windows path and encodes what an address cannot hold', () => {
    expect(open({}, { abs_path: 'C:\\my code\\a#b.cs', lineno: 3 })).toBe('vscode://file/C:/my%20code/a%23b.cs:3:1');
  });

  it.each([{ filename: 'src/pay.ts' }, { filename: '<anonymous>' }, { filename: 'node:internal/timers' }, {}])(
    'is not there for %o, which names no file of this machine',
    (frame) => expect(open({}, frame)).toBeNull(),
  );

  it.each(['javascript:alert("{path}")', 'DATA:text/html,{path}', '{path}', 'vscode://file', 'x://{path}{word}'])(
    'is refused as %s',
    (template) => {
      expect(editorTemplateProblem(template)).not.toBeNull();
      expect(open({ template }, { abs_path: '/a' })).toBeNull();
    },
  );

  it('is off when what was kept cannot be read', () => {
    expect(readEditor('{"template":7}').template).toBe('');
    expect(readEditor(null).template).toBe('');
    expect(readEditor('nonsense').template).toBe('');
    expect(readEditor(JSON.stringify({ template: VSCODE })).template).toBe('');
    expect(readEditor(JSON.stringify({ template: VSCODE, mappings: [{ from: '/app' }] })).template).toBe('');
    expect(readEditor(JSON.stringify({ template: 'javascript:{path}', mappings: [] })).template).toBe('');
    const kept = { template: VSCODE, mappings: [{ from: '/app', to: '/home/ada/shop' }] };
    expect(readEditor(JSON.stringify(kept))).toEqual(kept);
  });
});
