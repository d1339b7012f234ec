import { describe, expect, it } from 'vitest';
import type { Signature } from '../knowledge/entry-schema';
import { heldBy, signatureProblem } from './back-test';

const ERROR = {
  type: 'psycopg2.OperationalError',
  text: 'OperationalError: connect to 10.0.0.7 refused (E050)\nwhile starting',
};
const holds = (kind: Signature['kind'], value: string) => heldBy([{ kind, value }], ERROR).length === 1;

describe('a signature holds', () => {
  it.each([
    ['type', 'OperationalError', true],
    ['type', 'psycopg2.OperationalError', true],
    ['type', 'ProgrammingError', false],
    ['code', 'E050', true],
    ['code', 'e050', true],
    ['code', 'E05', false],
    ['message', 'connect to <*> refused', true],
    ['message', 'refused to connect', false],
    ['regex', 'connect to [\\d.]+ refused', true],
    ['regex', '^while', true],
  ] as const)('%s %s: %s', (kind, value, held) => {
    expect(holds(kind, value)).toBe(held);
  });
});

describe('a signature that can never hold says why', () => {
  it.each([
    ['message', '<*> in <*>', /variable parts/],
    ['regex', '(', /missing/],
  ] as const)('%s %s', (kind, value, why) => {
    expect(signatureProblem({ kind, value })).toMatch(why);
  });
  it('and one that can says nothing', () => {
    expect(signatureProblem({ kind: 'type', value: 'X' })).toBeNull();
  });
});
