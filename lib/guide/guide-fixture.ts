import { NO_TRACK_RECORD } from '../knowledge/entry-dto';
import { entryContentSchema } from '../knowledge/entry-schema';
import type { Guide, GuideEntry, GuideSection } from './guide-schema';

/** A made-up guide for tests. */
export const entryFixture = (number: number, fields: object, more: Partial<GuideEntry> = {}): GuideEntry => ({
  ...entryContentSchema.parse({ title: 'Untitled', ...fields }),
  id: `ERROR-${String(number).padStart(3, '0')}`,
  external_id: null,
  status: 'published',
  origin: 'human',
  disputed: false,
  version: 1,
  source: null,
  track_record: NO_TRACK_RECORD,
  created_at: '2024-01-01T00:00:00.000Z',
  updated_at: '2024-01-01T00:00:00.000Z',
  ...more,
});

export const sectionFixture = (slug: string, position: number, title: string, body: string): GuideSection => ({
  slug,
  title,
  body,
  position,
  version: 1,
  updated_at: '2024-03-01T08:00:00.000Z',
  updated_by: null,
});

export const guideFixture: Guide = {
  title: 'Error prevention guide',
  entries: [
    entryFixture(
      12,
      {
        title: 'Sessions pile up in `lease_pool` when *nobody* returns them',
        category: 'Database',
        severity: 'high',
        component: 'orders-api',
        tags: ['postgres', 'pool'],
        first_seen: '2024-02-03',
        symptoms: 'Requests hang, then:\n\n```text\nTimeoutError: no lease within 30 s\n```',
        detection: 'Under load, a few minutes after a deploy.',
        diagnosis: '```sql\nSELECT count(*) FROM pg_stat_activity;\n```',
        root_cause: 'A session taken in an error path is never given back.',
        solutions: [
          {
            title: 'Return the session',
            steps:
              '```python\nasync with pool.lease() as session:\n    # ## not a heading\n    await run(session)\n```',
          },
          { title: '', steps: 'Until then, restart the service:\n\n```bash\nsystemctl restart orders-api\n```' },
        ],
        prevention: [
          { text: 'Lint rule against a bare `lease()`', done: true, owner: 'Ann', link: 'https://git.test/pr/7' },
          { text: 'Alert on leases older than a minute' },
        ],
        impact: 'All orders of one region, 40 minutes.',
        resolution_minutes: 45,
        validation: 'Load test of an hour without a lease left.',
        related_files: ['orders/pool.py'],
        related_entries: ['ERROR-007', 'OPS-9'],
        environment: 'PostgreSQL 16',
        references: ['https://docs.test/pool', 'The [runbook](runbook.md)'],
        notes: '### What we tried first\n\nA larger pool.\n\n#### And then\n\nNothing.',
        signatures: [
          { kind: 'type', value: 'TimeoutError' },
          { kind: 'message', value: 'no lease within <*> s' },
        ],
        next_review: '2024-08-01',
      },
      {
        disputed: true,
        updated_at: '2024-04-02T10:00:00.000Z',
        track_record: { watching: 1, held: 3, recurred: 1, inconclusive: 0, median_resolution_minutes: 38 },
      },
    ),
    entryFixture(7, {
      title: 'Worker cannot read zh_core_web_sm',
      category: 'Dependency',
      symptoms: "`OSError: [E050] Can't find model`",
      solutions: [{ title: '', steps: '```bash\npython -m spacy download zh_core_web_sm\n```' }],
    }),
    entryFixture(9, { title: 'Nobody knows yet', next_review: '2024-06-15' }),
  ],
  sections: [
    sectionFixture(
      'update-protocol',
      2,
      'Update protocol',
      '1. **At once**:\n   - Fix it\n   - Test the fix\n\n2. **Then**: write it down',
    ),
    sectionFixture(
      'checklists',
      1,
      'Checklists',
      '### Before a deploy\n\n- [ ] Migrations are applied\n- [ ] Health checks pass',
    ),
  ],
};
