import { describe, expect, it } from 'vitest';
import { asCodeBlock, looksLikeLog } from './pasted-text';

describe('a pasted text', () => {
  it.each([
    ['Traceback (most recent call last):\n  File "a.py", line 3, in <module>\n    run()\nValueError: no'],
    ['TypeError: x is not a function\n    at run (a.js:1:2)\n    at main (a.js:9:1)'],
    ['2024-01-05 10:00:01 ERROR pool exhausted\n2024-01-05 10:00:02 ERROR pool exhausted\n2024-01-05 10:00:03 INFO up'],
    ['$ npm ci\nnpm ERR! code E404\nnpm ERR! 404 Not Found'],
  ])('is a log: %j', (text) => {
    expect(looksLikeLog(text)).toBe(true);
  });
  it.each([
    ['One line'],
    ['The pool is exhausted.\nRestart the worker.\nThen look at the graph.'],
    ['- restart\n- wait\n- look again\n- done'],
    ['```\n2024-01-05 10:00:01 x\n2024-01-05 10:00:01 x\n2024-01-05 10:00:01 x\n```'],
  ])('is prose: %j', (text) => {
    expect(looksLikeLog(text)).toBe(false);
  });
});

describe('a code block', () => {
  it('names its file and its language', () => {
    expect(asCodeBlock('x = 1\n', 'py', 'app/db.py')).toBe('`app/db.py`:\n\n```py\nx = 1\n```');
  });
  it('has a fence longer than those in it', () => {
    expect(asCodeBlock('```\na\n```')).toBe('````text\n```\na\n```\n````');
  });
});
