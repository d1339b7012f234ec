import { describe, expect, test } from 'vitest';
import { eventOf, thrown } from './grouping-fixtures';
import { countFeatures, issueFeatures, scoreSimilarity } from './similarity';

const pool = issueFeatures(
  eventOf({ exceptions: [thrown('TimeoutError', 'pool is exhausted', 'shop.db.Pool.acquire', 'shop.Cart.load')] }),
);
const closed = issueFeatures(
  eventOf({ exceptions: [thrown('TimeoutError', 'pool is closed', 'shop.db.Pool.acquire', 'shop.Job.run')] }),
);
const parse = issueFeatures(eventOf({ exceptions: [thrown('ParseError', 'bad price', 'shop.price.Parser.parse')] }));
const message = issueFeatures(eventOf({ message: 'disk 7 of node n-4 failed' }));
const counts = countFeatures([pool, closed, parse, message]);
const score = (a: string[], b: string[]) => scoreSimilarity(a, b, counts).score;

describe('the features of an event', () => {
  test('name its service, type, frames, classes and words, each once', () => {
    expect(pool).toEqual(
      expect.arrayContaining([
        'service:shop',
        'type:TimeoutError',
        'top:shop.db.Pool acquire',
        'package:shop.db',
        'frame:shop.Cart load',
        'class:shop.Cart',
        'word:exhausted',
      ]),
    );
    expect(new Set(pool).size).toBe(pool.length);
  });

  test('leave values out', () => {
    expect(message).toEqual(['service:shop', 'word:disk', 'word:node', 'word:failed']);
  });
});

describe('the score', () => {
  test('is 1 for the same and 0 for nothing in common', () => {
    expect(score(pool, pool)).toBeCloseTo(1);
    expect(score(['type:A'], ['type:B'])).toBe(0);
    expect(score([], [])).toBe(0);
  });

  test('is the same both ways', () => {
    expect(score(pool, closed)).toBeCloseTo(score(closed, pool));
  });

  test('counts a shared frame for more than a shared service', () => {
    expect(score(pool, closed)).toBeGreaterThan(3 * score(pool, parse));
  });

  test('counts what is rare for more than what is common', () => {
    const many = countFeatures([...Array.from({ length: 50 }, () => ['type:Common']), ['type:Rare']]);
    const other = ['word:something'];
    expect(scoreSimilarity(['type:Rare', ...other], ['type:Rare'], many).score).toBeGreaterThan(
      scoreSimilarity(['type:Common', ...other], ['type:Common'], many).score,
    );
  });
});
