import { describe, expect, test } from 'vitest';
import { canGeneralise, ENOUGH, type TemplateMerge, TemplateMiner } from './templates';

const NAMES = ['anna', 'bert', 'carl', 'dora', 'emil', 'fred'];
const greet = (name: string) => `password for user ${name} was wrong`;

function fill(messages: string[]): { miner: TemplateMiner; merges: TemplateMerge[] } {
  const miner = new TemplateMiner();
  return { miner, merges: messages.flatMap((message) => miner.add(message)) };
}

describe('a place that varies', () => {
  test('stays apart until it has shown enough words', () => {
    const { miner, merges } = fill(NAMES.slice(0, ENOUGH - 1).map(greet));
    expect(merges).toEqual([]);
    expect(miner.find(greet('bert'))).toBe(1);
  });

  test('becomes one template then, and the merges say which belong together', () => {
    const { miner, merges } = fill(NAMES.slice(0, ENOUGH).map(greet));
    expect(merges).toEqual([1, 2].map((from) => ({ from, into: 0 })));
    expect(NAMES.slice(0, ENOUGH).map((name) => miner.find(greet(name)))).toEqual([0, 0, 0, 0]);
    expect(miner.template(greet('carl'))?.join(' ')).toBe('password for user <*> was wrong');
  });

  test('takes in every later word at once', () => {
    const { miner } = fill(NAMES.map(greet));
    expect(miner.find(greet('fred'))).toBe(0);
    expect(miner.add(greet('gina'))).toEqual([]);
    expect(miner.find(greet('gina'))).toBe(0);
  });

  test('is recognised sooner where a value was masked in it', () => {
    const { miner } = fill([greet('<*>'), greet('anna'), greet('bert')]);
    expect(miner.find(greet('bert'))).toBe(0);
  });

  test('may be one of several', () => {
    const pairs = NAMES.slice(0, 4).flatMap((name) =>
      ['north', 'south', 'east', 'west'].map((site) => `password for user ${name} was wrong at site ${site} again`),
    );
    const { miner } = fill(pairs);
    expect(new Set(pairs.map((pair) => miner.find(pair)))).toEqual(new Set([0]));
    expect(miner.template(pairs[5]!)?.join(' ')).toBe('password for user <*> was wrong at site <*> again');
  });
});

test('short messages never become one', () => {
  const { merges } = fill(['link up', 'link down', 'link lost', 'link slow', 'link reset', 'link flapping']);
  expect(merges).toEqual([]);
  expect(canGeneralise(['link', 'up'])).toBe(false);
});

test('messages of different length never become one', () => {
  const { merges } = fill([...NAMES.slice(0, 3).map(greet), 'password for user dora was very wrong']);
  expect(merges).toEqual([]);
});

test('the same list gives the same templates in every process', () => {
  const messages = [
    ...NAMES.map(greet),
    'cache is warm and ready',
    ...NAMES.map((name) => `session of ${name} has just expired`),
  ];
  const [a, b] = [fill(messages).miner, fill(messages).miner];
  expect(messages.map((message) => a.find(message))).toEqual(messages.map((message) => b.find(message)));
});

test('a signature that joins at once needs no merge', () => {
  const { merges } = fill(NAMES.map(greet));
  expect(merges.map(({ from }) => from)).toEqual([1, 2]);
});

test('an unknown signature has no template', () => {
  const { miner } = fill(NAMES.map(greet));
  expect(miner.find('something else entirely happened here')).toBeUndefined();
  expect(miner.find('password for user <*> was wrong')).toBeUndefined();
});
