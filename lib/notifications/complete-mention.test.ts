import { expect, it } from 'vitest';
import { findMention, suggestMentions } from './complete-mention';
import { mentioned } from './mentions';

const member = (name: string, email: string) => ({ id: email, name, email });
const ADA = member('Ada Lovelace', 'ada@example.com');
const GRACE = member('Grace Hopper', 'g.hopper@example.com');
const ALAN = member('Alan Turing', 'alan@example.com');

it.each([
  ['@', { from: 0, word: '' }],
  ['ask @gr', { from: 4, word: 'gr' }],
  ['(@g.ho', { from: 1, word: 'g.ho' }],
  ['ada@example', null],
  ['@ada ', null],
  ['no mention', null],
])('in %s the mention is %o', (text, expected) => expect(findMention(text, text.length)).toEqual(expected));

it('looks at what stands before the caret only', () => {
  expect(findMention('@ada and more', 3)).toEqual({ from: 0, word: 'ad' });
});

it.each([
  ['', [ADA, ALAN, GRACE]],
  ['a', [ADA, ALAN]],
  ['lov', [ADA]],
  ['G.', [GRACE]],
  ['gracehop', [GRACE]],
  ['zz', []],
])('%s offers those whom it begins', (word, expected) => {
  expect(suggestMentions([GRACE, ALAN, ADA], word)).toEqual(expected);
});

it('offers handles that the notification knows', () => {
  const { from } = findMention('for @g', 6)!;
  expect(mentioned(`${'for @g'.slice(0, from)}@g.hopper `, [ADA, GRACE])).toEqual([GRACE]);
});
