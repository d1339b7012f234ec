import { expect, test } from 'vitest';
import type { Frame } from '../ingest/event-schema';
import { exceptionsAsText, groupFrames, sourceLines } from './stack-frames';

const frame = (name: string, in_app?: boolean): Frame => ({
  function: name,
  filename: `${name}.py`,
  lineno: 7,
  in_app,
});
const shape = (frames: Frame[], all = false) =>
  groupFrames(frames, all).map((g) => (g.kind === 'frame' ? g.frame.function : g.frames.map((f) => f.function)));

test('the throwing frame comes first and runs of library frames fold', () => {
  const frames = [frame('main', true), frame('lib1'), frame('lib2'), frame('charge', true), frame('pool')];
  expect(shape(frames)).toEqual(['pool', 'charge', ['lib2', 'lib1'], 'main']);
  expect(shape(frames, true)).toEqual(['pool', 'charge', 'lib2', 'lib1', 'main']);
});

test('nothing folds when no frame is the own', () => {
  expect(shape([frame('a'), frame('b'), frame('c')])).toEqual(['c', 'b', 'a']);
});

test('source lines are numbered around the one that failed', () => {
  expect(sourceLines({ ...frame('x'), pre_context: ['a', 'b'], context_line: 'boom', post_context: ['c'] })).toEqual([
    { number: 5, text: 'a', failed: false },
    { number: 6, text: 'b', failed: false },
    { number: 7, text: 'boom', failed: true },
    { number: 8, text: 'c', failed: false },
  ]);
});

test('as text: what was raised first, then its causes', () => {
  expect(
    exceptionsAsText([
      { type: 'KeyError', value: 'id', raw_stack: 'odd trace' },
      { type: 'Failure', value: 'no order', frames: [frame('main', true), frame('charge', true)] },
    ]),
  ).toBe('Failure: no order\n    at charge (charge.py:7)\n    at main (main.py:7)\nCaused by: KeyError: id\nodd trace');
});
