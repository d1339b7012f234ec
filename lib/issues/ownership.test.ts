import { describe, expect, it } from 'vitest';
import type { OwnershipRule } from '../projects/project-settings';
import { fittingRules, type OwnedEvent, ruleName } from './ownership';

const event: OwnedEvent = {
  service: 'checkout-api',
  tags: [
    ['team', 'Payments'],
    ['url', 'https://a.test/x'],
  ],
  exceptions: [
    {
      type: 'Error',
      frames: [
        { filename: '/usr/lib/python3/json/decoder.py', in_app: false },
        { filename: 'C:\\app\\src\\billing\\invoice.py', in_app: true },
      ],
    },
  ],
};

describe('a rule', () => {
  const cases: [string, OwnershipRule['matcher'], boolean][] = [
    ['fits a path from any folder on', { path: 'src/billing/*' }, true],
    ['fits a file by its name', { path: 'invoice.py' }, true],
    ['does not fit a part of a folder name', { path: 'rc/billing/*' }, false],
    ['does not fit code that is not the project’s own', { path: '*/json/decoder.py' }, false],
    ['fits a service, case aside', { service: 'Checkout-*' }, true],
    ['does not fit the beginning of a service', { service: 'checkout' }, false],
    ['fits a tag', { tag: 'team:payments' }, true],
    ['fits a tag whose value holds colons', { tag: 'url:https://*' }, true],
    ['does not fit another value', { tag: 'team:search' }, false],
    ['fits when all of it does', { path: '*.py', service: 'checkout-api', tag: 'team:*' }, true],
    ['does not fit when a part does not', { path: '*.py', service: 'web' }, false],
  ];
  it.each(cases)('%s', (_, matcher, fits) => {
    expect(fittingRules([{ matcher, assignee: 'a@example.test' }], event)).toHaveLength(fits ? 1 : 0);
  });
});

it('takes all frames where none is known to be the project’s own', () => {
  const bare: OwnedEvent = { service: 's', tags: [], exceptions: [{ frames: [{ abs_path: '/srv/app.js' }] }] };
  expect(fittingRules([{ matcher: { path: 'app.js' }, assignee: 'a@example.test' }], bare)).toHaveLength(1);
});

it('names a rule by what it looks at', () => {
  expect(ruleName({ matcher: { path: 'src/*', tag: 'a:b' }, assignee: 'x@y.zz' })).toBe('path src/* and tag a:b');
});
