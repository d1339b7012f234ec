import { expect, it } from 'vitest';
import { sourceLanguage } from './source-language';

it.each([
  ['src/pay.ts', 'typescript'],
  ['https://shop.example/app.js?v=3', 'javascript'],
  ['Main.KT', 'kotlin'],
  ['Makefile', undefined],
  ['weird.constructor', undefined],
  [undefined, undefined],
])('%s is %s', (file, language) => expect(sourceLanguage(file)).toBe(language));
