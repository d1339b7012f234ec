import { expect, it } from 'vitest';
import { frameChanges } from './own-frames';

const frame = (name: string, file: string, line: number) => ({ name, file, place: `${file}:${line}` });

it('tells which frames came and went, not which lines moved', () => {
  const before = [frame('connect', 'pool.ts', 31), frame('createOrder', 'orders.ts', 58)];
  const after = [frame('connect', 'pool.ts', 35), frame('exportOrders', 'export.ts', 12)];
  expect(frameChanges(before, after)).toEqual({
    gone: ['createOrder (orders.ts:58)'],
    added: ['exportOrders (export.ts:12)'],
  });
  expect(frameChanges(before, before)).toEqual({ gone: [], added: [] });
});
