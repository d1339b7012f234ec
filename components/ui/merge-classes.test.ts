import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { twMerge } from 'tailwind-merge';
import { expect, it } from 'vitest';
import { mergeClasses } from './merge-classes';

const sources = ['components', 'app'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.tsx?$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8')),
);

/** A word without what stands before its last colon: `hover:bg-hover` is `bg-hover`. */
const utilityOf = (word: string) => word.replace(/^(?:[^[:(]|\[[^\]]*\]|\([^)]*\))*:/, '').replace(/^!|!$/g, '');

const isOne = (word: string, merge: (classes: string) => string) => merge(`${word} ${word}`) === word;

/** Every word of every string of the sources that Tailwind takes for a utility; a bare word may be English as well. */
const utilities = [
  ...new Set(
    sources
      .flatMap((source) => [...source.matchAll(/(['"`])([^'"`\n]{2,400})\1/g)])
      .flatMap(([, , text]) => text!.split(/\s+/))
      .map(utilityOf)
      .filter((word) => word !== '' && isOne(word, twMerge) && (word.includes('-') || isOne(word, mergeClasses))),
  ),
];

it('keeps and drops the same classes as the whole of Tailwind would, for all that the project has', () => {
  expect(utilities.length).toBeGreaterThan(400);
  const survivors = twMerge(utilities.join(' ')).split(' ');
  expect(mergeClasses(utilities.join(' ')).split(' ')).toEqual(survivors);
  const different: string[] = [];
  for (const last of utilities) {
    const whole = [...survivors, last].join(' ');
    if (mergeClasses(whole) !== twMerge(whole)) different.push(last);
  }
  expect(different).toEqual([]);
});

it('tells apart what stands under different conditions', () => {
  expect(mergeClasses('px-2 hover:px-3 md:px-4 px-1')).toBe('hover:px-3 md:px-4 px-1');
  expect(mergeClasses('data-[state=open]:bg-hover data-[state=open]:bg-canvas')).toBe('data-[state=open]:bg-canvas');
});

it('leaves alone what is no utility', () => {
  expect(mergeClasses('hljs-keyword own hljs-keyword')).toBe('hljs-keyword own hljs-keyword');
});
