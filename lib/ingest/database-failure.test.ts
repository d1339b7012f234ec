import { describe, expect, it } from 'vitest';
import { BatchCut, BatchRetry, isOutage, isRefusal, isTransient } from './database-failure';

const withCode = (code: string): Error => Object.assign(new Error(code), { code });

describe('what a failure of the database means', () => {
  const cases: [string, unknown, { outage?: boolean; refusal?: boolean; transient?: boolean }][] = [
    ['no such socket', withCode('ENOENT'), { outage: true }],
    ['a port without a listener', withCode('ECONNREFUSED'), { outage: true }],
    ['a connection that broke', new Error('Connection terminated unexpectedly'), { outage: true }],
    ['starting up', withCode('57P03'), { outage: true }],
    ['ended by the administrator', withCode('57P01'), { outage: true }],
    ['a full disk', withCode('53100'), { outage: true }],
    ['a read-only standby', withCode('25006'), { outage: true }],
    ['a deadlock', withCode('40P01'), { outage: true, transient: true }],
    ['a hash that another process took', new BatchRetry('taken'), { outage: true, transient: true }],
    ['a NUL in a text', withCode('22P05'), { refusal: true }],
    ['a project that is gone', new Error('There is no project 7.'), { refusal: true, outage: true }],
    ['a table that is missing', withCode('42P01'), {}],
    ['a defect of ours', new TypeError('x is undefined'), {}],
    ['an outage after a first half', new BatchCut([], withCode('ECONNRESET')), { outage: true }],
    ['a defect after a first half', new BatchCut([], new RangeError('too long')), {}],
  ];
  it.each(cases)('%s', (_, error, expected) => {
    expect([isOutage(error), isRefusal(error), isTransient(error)]).toEqual([
      expected.outage ?? false,
      expected.refusal ?? false,
      expected.transient ?? false,
    ]);
  });
});
