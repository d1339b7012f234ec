import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findImportFiles, readText } from './import-files';

let folder = '';
const put = (name: string, text: string | Uint8Array = 'x') => writeFileSync(join(folder, name), text);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'errata-import-'));
  for (const name of ['docs', '.git', 'node_modules']) mkdirSync(join(folder, name));
  for (const name of [
    'b.md',
    'a.txt',
    'api-errors.jsonl',
    'error_knowledge_base.json',
    'package.json',
    'x.png',
    'docs/c.md',
  ])
    put(name);
  for (const name of ['.git/d.md', 'node_modules/e.md']) put(name);
});
afterAll(() => rmSync(folder, { recursive: true }));

it('reads a folder whole, but no hidden or installed files and no JSON it does not know', () => {
  expect(findImportFiles([folder]).map(({ name, kind }) => [name, kind])).toEqual([
    ['a.txt', 'markdown'],
    ['api-errors.jsonl', 'errors'],
    ['b.md', 'markdown'],
    ['docs/c.md', 'markdown'],
    ['error_knowledge_base.json', 'json'],
  ]);
});

it('takes any JSON file that is named, under its own name, once', () => {
  const file = join(folder, 'package.json');
  expect(findImportFiles([file, file])).toEqual([{ path: file, name: 'package.json', kind: 'json' }]);
});

it('says which path is missing or of no use', () => {
  expect(() => findImportFiles([join(folder, 'nowhere')])).toThrow('There is no file or folder');
  expect(() => findImportFiles([join(folder, 'x.png')])).toThrow('expected Markdown');
});

it('reads UTF-16 as Windows writes it', () => {
  put('.git/utf16.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('# Fehler ü', 'utf16le')]));
  expect(readText(join(folder, '.git/utf16.txt'))).toBe('# Fehler ü');
});

it('reads a git checkout as git sees it, and says at which commit', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'errata-checkout-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', checkout, '-c', 'user.name=a', '-c', 'user.email=a@b.test', ...args], {
      encoding: 'utf8',
    });
  git('init', '--quiet');
  writeFileSync(join(checkout, '.gitignore'), 'drafts/\n');
  mkdirSync(join(checkout, 'drafts'));
  for (const name of ['a.md', 'b.md', 'drafts/c.md']) writeFileSync(join(checkout, name), 'x');
  git('add', 'a.md', 'b.md');
  git('commit', '--quiet', '-m', 'x');
  writeFileSync(join(checkout, 'b.md'), 'changed');
  const head = git('rev-parse', '--short=12', 'HEAD').trim();
  expect(findImportFiles([checkout]).map(({ name, revision }) => [name, revision])).toEqual([
    ['a.md', head],
    ['b.md', `${head}-dirty`],
  ]);
  rmSync(checkout, { recursive: true });
});
