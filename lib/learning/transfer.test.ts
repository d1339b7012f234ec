import { expect, it } from 'vitest';
import { type TransferFact, transferEvidence, transferred } from './transfer';

const fix = (over: Partial<TransferFact> = {}): TransferFact => ({
  issueId: 'SHOP-3',
  service: 'orders',
  verdict: 'held',
  samePattern: true,
  ...over,
});

it('says where the fix comes from and that it is new here', () => {
  expect(transferEvidence([fix()], 'billing')?.matched).toEqual([
    'fixed in orders (SHOP-3, held)',
    'first time in billing',
  ]);
});

it.each<[string, TransferFact[], string, boolean]>([
  ['nothing where nothing was fixed', [], 'billing', false],
  [
    'nothing where this service has used it for something else',
    [fix({ service: 'billing', samePattern: false })],
    'billing',
    false,
  ],
  ['an entry that other services used for something else', [fix({ samePattern: false })], 'billing', true],
])('tells %s', (_, fixes, service, told) => {
  expect(transferEvidence(fixes, service) !== null).toBe(told);
});

it('trusts what held above what recurred, and what is no pattern not at all', () => {
  expect(transferred([fix()])).toBeGreaterThan(transferred([fix({ verdict: 'watching' })]));
  expect(transferred([fix({ verdict: 'recurred' })])).toBeLessThan(0.35);
  expect(transferred([fix({ samePattern: false })])).toBe(0);
});
