import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '../errors';
import { decodeCursor, encodeCursor, toPage } from './pagination';
import { toProblem, validationError } from './problem';

describe('cursors', () => {
  const key = z.tuple([z.string(), z.number()]);

  test('come back as they went', () => {
    expect(decodeCursor(encodeCursor(['2026-01-01', 7]), key)).toEqual(['2026-01-01', 7]);
  });

  test.each(['!!', 'bm90IGpzb24', encodeCursor([1, 2])])('refuse %s', (cursor) => {
    expect(() => decodeCursor(cursor, key)).toThrow(AppError);
  });

  test('a full page has a next one exactly when there was a row too many', () => {
    const page = (rows: number[]) =>
      toPage(
        rows,
        2,
        (row) => [row],
        (row) => row * 10,
      );
    expect(page([1, 2])).toEqual({ data: [10, 20], next_cursor: null });
    expect(page([1, 2, 3])).toEqual({ data: [10, 20], next_cursor: encodeCursor([2]) });
  });
});

describe('problems', () => {
  test('name each wrong field and what was expected', () => {
    const result = z.object({ a: z.object({ b: z.number('expected a number') }) }).safeParse({ a: { b: 'x' } });
    const problem = toProblem(validationError(result.error as z.ZodError, 'body'));
    expect(problem).toMatchObject({
      status: 422,
      code: 'validation_failed',
      errors: [{ field: 'a.b', message: 'expected a number' }],
    });
  });

  test('say nothing of what went wrong on our side', () => {
    const problem = toProblem(new AppError('internal', 'password is hunter2', { cause: new Error('secret') }));
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|secret/);
  });

  test('carry what the caller needs to resolve a conflict', () => {
    expect(toProblem(new AppError('version_conflict', 'Changed.', { extra: { current_version: 8 } }))).toMatchObject({
      status: 409,
      current_version: 8,
    });
  });
});
