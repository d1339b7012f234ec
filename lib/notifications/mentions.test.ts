import { expect, it } from 'vitest';
import { mentioned } from './mentions';

const ANN = { id: '1', name: 'Ann Lee', email: 'ann@errata.test' };
const BOB = { id: '2', name: 'Bob', email: 'b.smith@errata.test' };
const names = (text: string) => mentioned(text, [ANN, BOB]).map(({ name }) => name);

it.each([
  ['@ann please look', ['Ann Lee']],
  ['(@AnnLee) and @b.smith.', ['Ann Lee', 'Bob']],
  ['@ann @ann', ['Ann Lee']],
  ['mail ann@errata.test', []],
  ['import @nestjs/core', []],
  ['nobody', []],
])('finds who is meant in %s', (text, found) => {
  expect(names(text)).toEqual(found);
});
