import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '@/lib/test-cpu-time';
import { Markdown } from './markdown';

const render = (text: string, props: { headingIds?: boolean; shiftHeadings?: number } = {}): string =>
  renderToStaticMarkup(<Markdown {...props}>{text}</Markdown>);

const headings = (html: string): string[] => [...html.matchAll(/<(h\d)[ >]/g)].map((match) => match[1]!);

describe('hostile Markdown', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'text <iframe src="https://evil.example"></iframe> text',
    '<a href="javascript:alert(1)">x</a>',
  ])('shows %s as text', (text) => {
    const html = render(text);
    expect(html).toContain(text.slice(text.indexOf('<')).slice(0, 3).replace('<', '&lt;'));
    expect(html).not.toMatch(/<(script|iframe|img)|href="javascript/);
  });

  it.each(['[x](javascript:alert(1))', '[x](data:text/html,hi)', '![x](javascript:alert(1))'])('disarms %s', (text) => {
    expect(render(text)).not.toMatch(/(?:href|src)="(?:javascript|data)/);
  });

  it('loads no picture from elsewhere, but keeps its address', () => {
    const html = render('![a graph](https://elsewhere.example/x.png)');
    expect(html).not.toContain('<img');
    expect(html).toContain('href="https://elsewhere.example/x.png"');
  });

  it('gives links to elsewhere no way back', () => {
    expect(render('[x](https://elsewhere.example)')).toContain('rel="noopener noreferrer nofollow"');
    expect(render('[x](/issues)')).not.toContain('target=');
  });
});

it('shows what would take a parser too long as it is written', () => {
  const text = '> a\n\n'.repeat(10_000);
  expect(cpuMs(() => expect(render(text)).toContain('&gt; a\n\n&gt; a'))).toBeLessThan(2000);
});

describe('headings', () => {
  it('stand below the page title and skip no level', () => {
    expect(headings(render('# One\n#### Deep\n## Two'))).toEqual(['h2', 'h3', 'h3']);
    expect(headings(render('### Late start', { shiftHeadings: 3 }))).toEqual(['h4']);
    expect(headings(render('## A\n#### B\n#### C\n## D'))).toEqual(['h2', 'h3', 'h3', 'h2']);
  });

  it('have the ids that GitHub gives', () => {
    const html = render('# Set up\n## Set up\n## It’s `code`', { headingIds: true });
    expect([...html.matchAll(/id="([^"]+)"/g)].map((match) => match[1])).toEqual(['set-up', 'set-up-1', 'its-code']);
  });
});

it('code keeps every character', () => {
  expect(render('```python\nif a < b && c:\n    print("<x>")\n```')).toContain(
    'if a &lt; b &amp;&amp; c:\n    print(&quot;&lt;x&gt;&quot;)',
  );
});
