/** The parts of the sample guide that are no entries. */
export const guideSections: readonly { slug: string; title: string; body: string }[] = [
  {
    slug: 'before-you-deploy',
    title: 'Before you deploy',
    body: `- [ ] Migrations are additive and run with a lock time-out
- [ ] New assets are uploaded before the HTML
- [ ] Secrets that changed are accepted in both forms
- [ ] Somebody is around for the next hour
`,
  },
  {
    slug: 'reviewing-a-change',
    title: 'Reviewing a change',
    body: `- [ ] No call over the network inside a transaction
- [ ] Every cache entry expires
- [ ] Optional values are checked where they are used
- [ ] The new failure is seen by a test
`,
  },
  {
    slug: 'what-we-learned',
    title: 'What we learned',
    body: `**Time-outs form a chain.** Each caller waits a little longer than what it calls; the table of all of them stands in the operations handbook.

**Rename labels, never keys.** Whatever people see may change; whatever code looks up may not.

**A retry needs an idempotency key.** Without one it is a second order.
`,
  },
  {
    slug: 'when-something-breaks',
    title: 'When something breaks',
    body: `1. Open the issue in Errata. If it shows a known fix, apply that first.
2. Stop the damage, then look for the cause.
3. Write down what you found while it is fresh: symptoms, cause, what fixed it.
4. Add one prevention item that a machine can check, and an owner.
`,
  },
  {
    slug: 'what-wakes-us',
    title: 'What wakes us',
    body: `| Signal | Threshold | Who |
| --- | --- | --- |
| Failed checkouts | above 2 % for 5 min | on-call |
| Database pool waiters | above 0 for 1 min | on-call |
| Certificate expiry | below 14 days | operations |
| Handheld positions | none for 10 min in a district | dispatch |
`,
  },
];
