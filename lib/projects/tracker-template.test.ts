import { describe, expect, it } from 'vitest';
import { trackerSchema } from './tracker-schema';
import { TRACKER_PRESETS, trackerAddress, trackerProblem } from './tracker-template';

const GITHUB = 'https://github.com/acme/api/issues/new?title={title}&body={body}';
const words = { title: 'Pool & "exhausted"', body: 'line one\nline two', url: 'https://errata.example/issues/API-1' };

describe('a tracker template', () => {
  it.each(TRACKER_PRESETS)('for $name is one that can be used', ({ template }) => {
    expect(trackerProblem(template)).toBeNull();
  });

  it.each([
    ['http://github.com/acme/api/issues/new?title={title}', /https/],
    ['javascript:alert({title})', /https/],
    ['https://{title}.example/new', /host/],
    ['https://x{title}@evil.example/new', /host|name/],
    ['https://github.com/acme/api/issues/new', /\{title\}/],
    ['https://github.com/new?title={title}&labels={label}', /\{label\} is not known/],
    ['nonsense {title}', /https/],
  ])('%s is refused, and says why', (template, reason) => {
    expect(trackerProblem(template)).toMatch(reason);
    expect(trackerSchema.safeParse({ name: 'T', template }).success).toBe(false);
  });

  it('carries the words of the issue, whatever characters they hold', () => {
    const url = new URL(trackerAddress(GITHUB, words));
    expect(url.host).toBe('github.com');
    expect(url.searchParams.get('title')).toBe(words.title);
    expect(url.searchParams.get('body')).toBe(words.body);
  });

  it('is filled once: a title that holds a place is not filled again', () => {
    const url = new URL(trackerAddress(GITHUB, { ...words, title: '{body} of {url}' }));
    expect(url.searchParams.get('title')).toBe('{body} of {url}');
  });

  it('takes half a surrogate pair', () => {
    expect(() => trackerAddress(GITHUB, { ...words, title: 'half \ud83d' })).not.toThrow();
  });

  it('cuts a long body, and closes the code block it cuts', () => {
    const body = `intro\n\`\`\`\n${'at frame (file.ts:1)\n'.repeat(2000)}\`\`\``;
    const address = trackerAddress(GITHUB, { ...words, body });
    expect(address.length).toBeLessThanOrEqual(7000);
    expect(address.length).toBeGreaterThan(6000);
    const sent = new URL(address).searchParams.get('body') ?? '';
    expect(sent.endsWith('```\n\n…')).toBe(true);
  });
});
