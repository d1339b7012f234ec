import { describe, expect, it } from 'vitest';
import { DEFAULT_PROJECT_SETTINGS, type InboundFilter, type ProjectSettings } from '../projects/project-settings';
import { Admission } from './admission';
import { isFiltered } from './admission-filter';
import type { NormalizedEvent } from './event-schema';
import { pendingEvent } from './ingest-fixtures';

const event = (fields: Partial<NormalizedEvent>): NormalizedEvent => pendingEvent(1, 1, 1, fields).event;
const raised = (type: string, value: string, filename = 'a.js'): Partial<NormalizedEvent> => ({
  exceptions: [{ type, value, frames: [{ filename }] }],
});

describe('a filter', () => {
  const cases: [string, InboundFilter, Partial<NormalizedEvent>, boolean][] = [
    ['drops by message', { kind: 'message', pattern: 'reset by peer' }, raised('E', 'Connection reset by peer'), true],
    [
      'drops by type and value',
      { kind: 'message', pattern: 'TypeError: *null' },
      raised('TypeError', 'x is null'),
      true,
    ],
    ['leaves other messages', { kind: 'message', pattern: 'reset by peer' }, raised('E', 'refused'), false],
    ['drops by release', { kind: 'release', pattern: 'shop@1.*' }, { release: 'shop@1.4' }, true],
    ['leaves events without a release', { kind: 'release', pattern: '*' }, {}, false],
    ['drops by environment', { kind: 'environment', pattern: 'preview-*' }, { environment: 'Preview-12' }, true],
    ['wants the whole environment', { kind: 'environment', pattern: 'prod' }, { environment: 'production' }, false],
    [
      'knows extensions by their code',
      { kind: 'browser_extensions' },
      raised('E', 'x', 'moz-extension://1/a.js'),
      true,
    ],
    [
      'knows them by what they say',
      { kind: 'browser_extensions' },
      raised('Error', 'Extension context invalidated.'),
      true,
    ],
    ['leaves pages alone', { kind: 'browser_extensions' }, raised('E', 'x', 'https://shop.example/a.js'), false],
    [
      'knows probes by path',
      { kind: 'health_checks' },
      { request: { url: 'http://10.0.0.7:80/healthz?full=1' } },
      true,
    ],
    ['knows them by transaction', { kind: 'health_checks' }, { transaction: 'GET /api/health' }, true],
    [
      'knows them by agent',
      { kind: 'health_checks' },
      { request: { headers: [['User-Agent', 'kube-probe/1.29']] } },
      true,
    ],
    [
      'leaves pages about health alone',
      { kind: 'health_checks' },
      { request: { url: 'https://a.example/healthy-food' } },
      false,
    ],
  ];
  it.each(cases)('%s', (_, filter, fields, expected) => {
    expect(isFiltered([filter], event(fields))).toBe(expected);
  });
});

describe('admission', () => {
  const sender = (settings: Partial<ProjectSettings>, keyId = 1) => ({
    projectId: 1,
    keyId,
    settings: { ...DEFAULT_PROJECT_SETTINGS, ...settings },
  });

  it('limits nothing and keeps everything by default', () => {
    const admission = new Admission();
    for (let n = 0; n < 50_000; n++) {
      admission.charge(sender({}), 1);
      expect(admission.judge(sender({}), pendingEvent(1, n, 1), n)).toBe('keep');
    }
    expect(admission.limit(sender({}), 0)).toBeNull();
  });

  it('takes a minute of the quota at once, then says how long to wait', () => {
    const admission = new Admission();
    const one = sender({ quota_per_minute: 60 });
    for (let n = 0; n < 60; n++) {
      expect(admission.limit(one, 1000)).toBeNull();
      admission.charge(one, 1);
    }
    expect(admission.limit(one, 1000)).toEqual({
      seconds: 1,
      categories: ['error'],
      scope: 'project',
      reason: 'quota',
    });
    expect(admission.limit(one, 2000)).toBeNull();
  });

  it('takes a batch as a whole, and makes its sender wait for it', () => {
    const admission = new Admission();
    const one = sender({ quota_per_minute: 60 });
    admission.limit(one, 0);
    admission.charge(one, 160);
    expect(admission.limit(one, 0)?.seconds).toBe(101);
    expect(admission.limit(one, 101_000)).toBeNull();
  });

  it('limits each key by itself', () => {
    const admission = new Admission();
    const [first, second] = [sender({ key_quota_per_minute: 1 }, 1), sender({ key_quota_per_minute: 1 }, 2)];
    admission.limit(first, 0);
    admission.charge(first, 1);
    expect(admission.limit(first, 0)).toMatchObject({ scope: 'key', seconds: 60 });
    expect(admission.limit(second, 0)).toBeNull();
  });

  it('thins an issue that is very frequent, and it alone, until the next hour', () => {
    const admission = new Admission();
    const one = sender({ sampling: { enabled: true, per_hour: 100 } });
    const keptOf = (hash: number, count: number, now: number): number =>
      Array.from({ length: count }, (_, n) => admission.judge(one, pendingEvent(1, n, hash), now)).filter(
        (judgement) => judgement === 'keep',
      ).length;
    expect(keptOf(1, 100, 0)).toBe(100);
    expect(keptOf(1, 900, 0)).toBe(90);
    expect(keptOf(1, 1000, 0)).toBe(10);
    expect(keptOf(2, 100, 0)).toBe(100);
    expect(keptOf(1, 100, 3_600_000)).toBe(100);
  });

  it('keeps a hundredth of a spike, and what is usual afterwards', () => {
    const admission = new Admission();
    const one = sender({ spike_protection: true });
    const keptIn = (minute: number, count: number): number =>
      Array.from({ length: count }, (_, n) => admission.judge(one, pendingEvent(1, n, 1), minute * 60_000)).filter(
        (judgement) => judgement === 'keep',
      ).length;
    for (let minute = 0; minute < 5; minute++) expect(keptIn(minute, 300)).toBe(300);
    expect(keptIn(5, 13_000)).toBe(3000 + 100);
    expect(keptIn(6, 300)).toBe(300);
  });
});
