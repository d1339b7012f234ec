import { describe, expect, it } from 'vitest';
import type { EventDetail, IssueDetail } from '@/lib/issues/issue-schema';
import { issueMarkdown, ticketTitle } from './issue-markdown';

const ORIGIN = 'https://errata.example';
const issue = {
  id: 'API-42',
  title: 'TimeoutError: pool exhausted',
  events: 12_345,
  events_24h: 12,
  users: 7,
  first_seen: '2026-05-01T08:00:00.000Z',
  first_release: '1.3.0',
  last_seen: '2026-05-20T12:00:00.000Z',
  last_release: null,
  service: 'checkout',
  environment: 'production',
  culprit: 'app/pay.py in charge',
  known_fix: {
    ...{ entry: 'ERROR-007', title: 'Pool too *small*', confidence: 0.9, url: '/knowledge/ERROR-007' },
    ...{ verdict: 'held', disputed: false },
  },
} as IssueDetail;
const event = {
  exceptions: [
    { type: 'ConnectionError', value: 'refused', frames: [{ function: 'connect', filename: 'db.py', lineno: 3 }] },
    { type: 'TimeoutError', value: 'pool exhausted', frames: [{ function: 'charge', filename: 'pay.py', lineno: 41 }] },
  ],
} as EventDetail;

describe('an issue as Markdown', () => {
  it('says what, how often, since when, where, what is known, and the way back', () => {
    expect(issueMarkdown(issue, event, ORIGIN)).toBe(`### TimeoutError: pool exhausted

- **Events:** 12,345 (12 in 24 h), 7 users
- **First seen:** 2026-05-01 08:00:00 UTC in \`1.3.0\`
- **Last seen:** 2026-05-20 12:00:00 UTC
- **Service:** \`checkout\`, production
- **Where:** \`app/pay.py in charge\`

\`\`\`
TimeoutError: pool exhausted
    at charge (pay.py:41)
Caused by: ConnectionError: refused
    at connect (db.py:3)
\`\`\`

**Known fix:** [ERROR-007](https://errata.example/knowledge/ERROR-007) Pool too \\*small\\* (held)

[API-42 in Errata](https://errata.example/issues/API-42)`);
  });

  it('holds what the error says as text: no heading, link, HTML or end of the code', () => {
    const title = '# boom\n\n<img src=x onerror=alert(1)> [click](javascript:x) @everyone';
    const hostile = { ...event, exceptions: [{ type: 'E', value: '```\n# out\n<script>' }] } as EventDetail;
    const markdown = issueMarkdown({ ...issue, title }, hostile, ORIGIN);
    expect(markdown.split('\n')[0]).toBe(
      '### # boom \\<img src=x onerror=alert(1)> \\[click\\](javascript:x) @everyone',
    );
    expect(markdown).toContain('````\nE: ```\n# out\n<script>\n````');
  });

  it('has the top of a long stack', () => {
    const frames = Array.from({ length: 100 }, (_, line) => ({ function: 'f', filename: 'a.py', lineno: line }));
    const markdown = issueMarkdown(issue, { ...event, exceptions: [{ type: 'E', frames }] }, ORIGIN);
    expect(markdown).toContain('… 81 more lines');
    expect(markdown.length).toBeLessThan(2000);
  });

  it('is whole without an event and without a fix', () => {
    const markdown = issueMarkdown({ ...issue, known_fix: null }, undefined, ORIGIN);
    expect(markdown).not.toContain('```');
    expect(markdown).not.toContain('Known fix');
  });

  it('has a title of one line', () => {
    expect(ticketTitle({ id: 'API-1', title: 'a\nb\u2028c' })).toBe('a b c (API-1)');
  });
});
