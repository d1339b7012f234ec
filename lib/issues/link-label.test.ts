import { expect, it } from 'vitest';
import { linkLabel } from './link-label';
import { linkInputSchema } from './link-schema';

it.each([
  ['https://github.com/acme/api/issues/42', 'acme/api#42'],
  ['https://github.com/acme/api/pull/7?x=1#comment', 'acme/api#7'],
  ['https://gitlab.com/acme/team/api/-/issues/3', 'acme/team/api#3'],
  ['https://gitlab.com/acme/api/-/merge_requests/3', 'acme/api!3'],
  ['https://acme.atlassian.net/browse/OPS-12', 'OPS-12'],
  ['https://linear.app/acme/issue/eng-5/pool-exhausted', 'ENG-5'],
  ['https://wiki.example/incidents/2026/', 'wiki.example/incidents/2026'],
])('%s is called %s', (address, label) => expect(linkLabel(address)).toBe(label));

it.each(['javascript:alert(1)', 'data:text/html,x', '/issues/1', 'acme#42'])('%s is not taken as a link', (url) =>
  expect(linkInputSchema.safeParse({ url }).success).toBe(false),
);
