import { resolve } from 'node:path';
import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../test-cpu-time';
import { ownDocuments, seedDocuments } from '../fixtures/sample-documents';
import { findLostLines } from './find-lost-lines';
import { type ParsedDocument, parseKnowledgeDocument } from './parse-document';
import { parseMarkdown } from './syntax-tree';

const shared = process.env.ERRATA_SHARED ?? resolve(import.meta.dirname, '../../../../shared');
const documents = [...ownDocuments(), ...seedDocuments(shared)];
const own = (name: string): ParsedDocument => {
  const document = documents.find((one) => one.name === name);
  if (!document) throw new Error(`there is no fixture ${name}`);
  return parseKnowledgeDocument(document);
};
const only = (text: string) => {
  const { entries } = parseKnowledgeDocument({ name: 'notes.md', text });
  expect(entries).toHaveLength(1);
  return entries[0]!;
};

function codeBlocks(text: string): string[] {
  const blocks: string[] = [];
  const visit = (node: Nodes) => {
    if (node.type === 'code') blocks.push(node.value);
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(parseMarkdown(text).tree);
  return blocks;
}

const strings = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : [];
};

describe.each(documents)('$name', ({ name, text, entries }) => {
  const parsed = parseKnowledgeDocument({ name, text });

  it('becomes as many entries as it describes problems', () => {
    expect(parsed.entries.map((entry) => entry.content.title)).toHaveLength(entries ?? parsed.entries.length);
  });

  it('loses no line', () => {
    expect(findLostLines(text, parsed)).toEqual([]);
  });

  it('keeps every code block byte for byte', () => {
    const kept = [...parsed.entries.map((entry) => entry.content), ...parsed.sections].flatMap(strings);
    // A block inside a list that stays a list keeps the list's indent; reading the field again takes it off.
    const again = new Set(kept.flatMap(codeBlocks));
    const missing = codeBlocks(text).filter((code) => !again.has(code));
    expect(missing).toEqual([]);
  });

  it('gives every entry a key of its own', () => {
    const keys = parsed.entries.map(({ key }) => `${key.heading}#${key.ordinal}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(parsed.sections.map((section) => section.slug)).size).toBe(parsed.sections.length);
  });

  it('reads the same with Windows line ends and a byte order mark', () => {
    expect(parseKnowledgeDocument({ name, text: `\uFEFF${text.replaceAll('\n', '\r\n')}` })).toEqual(parsed);
  });
});

describe('a numbered log with bold labels', () => {
  const { entries, sections } = own('error-log.md');

  it('fills the labelled fields', () => {
    expect(entries[1]!.content).toMatchObject({
      title: 'Address Parser Model Missing',
      category: 'Dependency',
      first_seen: '2025-02-05',
      symptoms: "`LookupError: Resource 'street_words' not found. Please obtain it with the downloader`",
      root_cause: 'The word list is fetched at run time and the image has no network',
      solutions: [
        {
          title: '',
          steps: 'Bake it into the image\n```dockerfile\nRUN python -m parcel.words fetch street_words\n```',
        },
      ],
      prevention: [
        { text: 'Build step checks for the list', done: false },
        { text: 'Smoke test parses one address', done: true },
      ],
    });
    expect(entries[1]!.number).toBe('2');
  });

  it('makes guide sections of checklists, habits, protocol and alerts, and no entry of the explained layout', () => {
    expect(sections.map((section) => section.title)).toEqual([
      'Why this file exists',
      'Layout of an entry',
      'Checklists Before a Release',
      'Good Habits We Learned',
      'Update Protocol',
      'Monitoring and Alerts',
    ]);
  });
});

describe('a guide of `Issue:` headings', () => {
  const { entries, sections } = own('troubleshooting-guide.md');

  it('makes a solution of each titled list item, its code free of the list’s indent', () => {
    expect(entries[0]!.content.solutions).toEqual([
      { title: 'Firmware too old', steps: '```bash\ngreenctl gateway flash --to 4.1\n```' },
      {
        title: 'Wrong port (only with the old cabling)',
        steps: '```yaml\n# gateway.yml\nports:\n  - "7010:7000"  # 7010 instead of 7000\n\n  - "7011:7001"\n```',
      },
    ]);
  });

  it('takes the chapter for the category, unless it says nothing', () => {
    expect(entries.map((entry) => entry.content.category)).toEqual(['', '', 'Sensor']);
  });

  it('keeps an unknown bold line with the field it stands in', () => {
    expect(entries[2]!.content.symptoms).toContain('**curve.txt**:\n```\n   0  12\\n');
  });

  it('keeps the closing lines of the document out of the last entry', () => {
    expect(sections.at(-1)!.body).toContain('**Maintained by**: Greenhouse Crew');
  });
});

describe('a log of heading labels', () => {
  const { entries, warnings } = own('integration-log.md');

  it('keeps numbers used twice apart', () => {
    expect(entries.map((entry) => [entry.number, entry.content.title])).toEqual([
      ['1', 'Exporter Class Not Found'],
      ['2', 'Retry Decorator Swallows Errors'],
      ['2', 'Upload Stops at 2 GB'],
    ]);
    expect(warnings).toContainEqual({
      line: 104,
      message: 'number 2 is used twice, first on line 63; kept as two entries',
    });
  });

  it('joins a resolution update to its entry, marked by its own heading', () => {
    const { solutions, validation } = entries[0]!.content;
    expect(solutions.map((solution) => solution.title)).toEqual([
      'Resolution Steps ✅ COMPLETED',
      'Code Changes Made',
      'Issue #1 Resolution Update: Exporter Settled ✅ – Resolution Completed',
    ]);
    expect(validation).toBe(
      '### Issue #1 Resolution Update: Exporter Settled ✅\n\n- ✅ **Nightly run**: green for a week',
    );
  });

  it('reads status, severity and time from prose', () => {
    expect(entries.map(({ status, content }) => [status, content.severity, content.resolution_minutes])).toEqual([
      ['resolved', 'high', 25],
      ['in_progress', null, null],
      ['resolved', 'critical', 120],
    ]);
  });

  it('tells when a total contradicts an entry', () => {
    expect(warnings.map((warning) => warning.message)).toContain(
      'says 3/3 resolved, but in progress: "Retry Decorator Swallows Errors" (line 63)',
    );
  });

  it('leaves what has no field in the notes, under its heading', () => {
    expect(entries[2]!.content.notes).toBe('### System Notes\n\n- Proxy version 1.24');
  });
});

describe('other dialects', () => {
  const { entries } = own('mixed-dialects.md');
  const titled = (title: string) => entries.find((entry) => entry.content.title === title)!.content;

  it('reads a table of labels', () => {
    expect(titled('Torch relay welded shut')).toMatchObject({
      ...{ severity: 'high', component: 'torch-relay', tags: ['relay', 'heat'] },
      root_cause: 'Contacts rated for 5 A, | fused at 10 A',
      solutions: [{ title: '', steps: 'Replace by the 16 A type' }],
    });
  });

  it('reads a list of labels with code inside', () => {
    expect(titled('Conveyor reverses at midnight')).toMatchObject({
      symptoms: 'belt runs backwards for one minute',
      solutions: [{ title: '', steps: 'firmware 2.4\n```ini\n[belt]\nwrap = "day"\n```' }],
      related_files: ['belt.ini', 'clock.c'],
      references: ['https://workshop.example/belt'],
    });
  });

  it('reads questions and answers, table rows, and problems told one after another', () => {
    expect(titled('Why does the saw stop after ten cuts?').solutions[0]!.steps).toContain('Let it cool');
    expect(titled('Door will not lock')).toMatchObject({
      root_cause: 'bolt bent',
      solutions: [{ steps: 'straighten or **replace**' }],
    });
    expect(titled('colour drifts')).toMatchObject({
      root_cause: 'pump worn',
      solutions: [{ steps: '```bash\npumpctl --swap\n```' }],
    });
  });

  it('takes a whole document for one entry when its headings are the labels', () => {
    expect(own('single-article.md').entries[0]!.content).toMatchObject({
      title: 'Backup fails with "archive truncated"',
      root_cause: 'The uplink drops idle connections.',
      solutions: [{ title: 'Option 1: Keep the connection warm' }, { title: 'Option 2: Smaller chunks' }],
      validation: 'Run it once by hand.',
    });
  });

  it('finds problems in the chapters of a document about something else, listed or tabled too', () => {
    const { entries: found, sections } = own('readme-chapter.md');
    expect(found.map((entry) => entry.content.title)).toEqual([
      'Clock hand stuck at noon',
      'Port 7700 already in use',
      'Blank display',
      'Tide table out of date',
      'The bell rings at night',
      '402 no licence',
      'Red lamp',
      'How do I change the colour?',
    ]);
    expect(sections.map((section) => section.title)).toEqual(['Tide Clock', 'Installation', 'License']);
  });

  it('sorts text without labels by what it says', () => {
    expect(own('plain-headings.md').entries[1]!.content).toMatchObject({
      title: 'Permission denied on /dev/scan0',
      root_cause: 'Your user is not in the group. This happens when the installer ran as another user.',
      solutions: [{ steps: 'Add yourself:\n\n```sh\nsudo usermod -aG scanner "$USER"\n```' }],
    });
  });
});

describe('documents of other trades', () => {
  it('reads a chapter of a README told in bold paragraphs, and leaves contents and licence alone', () => {
    const { entries, sections } = own('readme-problems.md');
    expect(entries[0]!.content.title).toBe(
      'The worker exits at once with: quiver.errors.BrokerUnreachable: no broker at redis://localhost:6379/0',
    );
    expect(entries[0]!.content.signatures).toContainEqual({ kind: 'type', value: 'BrokerUnreachable' });
    expect(sections.map(({ title }) => title)).toContain('License');
  });

  it('reads AsciiDoc headings, listings, block titles and steps', () => {
    expect(own('asciidoc.md').entries[0]!.content).toMatchObject({
      title: 'Nightly close fails with ORA-00054',
      root_cause: 'A report still holds a lock on `LEDGER_DAY`.',
      signatures: [{ kind: 'message' }, { kind: 'code', value: 'ORA-00054' }],
    });
    expect(own('asciidoc.md').entries[0]!.content.solutions[0]!.steps).toContain('2. Kill it');
  });

  it('takes the day of an incident from its heading or the one above', () => {
    expect(own('incident-days.md').entries.map(({ content }) => [content.title, content.first_seen])).toEqual([
      ['Checkout returned 500 for 40 minutes', '2025-03-14'],
      ['Search index stale', '2025-02-27'],
      ['Cron host ran out of disk', '2025-02-27'],
      ['Login slow', '2025-01-09'],
    ]);
  });

  it('names what a filled-in issue form describes by its first sentence', () => {
    expect(own('issue-form.md').entries[0]!.content.title).toBe('The importer stops in the middle of large files');
  });

  it('takes headings that mostly tell of trouble for problems, whatever the document is called', () => {
    expect(own('cluster-notes.md').entries.map(({ content }) => content.title)).toEqual([
      'CrashLoopBackOff',
      'ImagePullBackOff',
      'OOMKilled',
      'nginx: 413 Request Entity Too Large',
      'Postgres: FATAL: sorry, too many clients already',
      'Pod stuck in Pending',
    ]);
  });

  it('leaves a command under the cause of a numbered list with the cause', () => {
    const { content } = only(
      '# Troubleshooting\n\n## Port 80 in use\n\n1. Cause: a process\n   ```sh\n   lsof\n   ```\n2. Solution: stop it\n',
    );
    expect(content.root_cause).toContain('lsof');
    expect(content.solutions[0]!.steps).toBe('stop it');
  });
});

describe('pieces of the dialects', () => {
  it('puts a labelled paragraph after a label heading where it belongs', () => {
    const { content } = only('## Issue: It hangs\n\n### Root Cause\n\nA lock.\n\n**Solution:** Let go of it.\n');
    expect(content).toMatchObject({ root_cause: 'A lock.', solutions: [{ steps: 'Let go of it.' }] });
  });

  it('keeps a date that is not written as one, beside the field', () => {
    const { content } = only('## Issue: It hangs\n\n**Date**: October 13, 2025 - at noon\n**Fix**: wait\n');
    expect(content.first_seen).toBe('2025-10-13');
    expect(content.notes).toBe('**Date:** October 13, 2025 - at noon');
  });

  it('keeps a code block without end and says so', () => {
    const { warnings, entries } = parseKnowledgeDocument({
      name: 'x.md',
      text: '## Issue: It hangs\n\n**Fix**:\n```sh\nkill 1\n',
    });
    expect(warnings).toEqual([
      { line: 4, message: 'a code block without an end; everything after it was read as code' },
    ]);
    expect(entries[0]!.content.solutions[0]!.steps).toContain('kill 1');
  });

  it('keeps a document without any problem whole, as guide sections', () => {
    const text = 'Just words.\n\n# One\n\nFirst.\n\n# Two\n\n- a\n- b\n';
    const parsed = parseKnowledgeDocument({ name: 'notes.md', text });
    expect(parsed.entries).toEqual([]);
    expect(parsed.sections.map(({ title, body }) => [title, body])).toEqual([
      ['notes', 'Just words.'],
      ['One', 'First.'],
      ['Two', '- a\n- b'],
    ]);
  });

  it('reads an empty document as nothing', () => {
    expect(parseKnowledgeDocument({ name: 'x.md', text: '' })).toEqual({ entries: [], sections: [], warnings: [] });
  });
});

describe('hostile documents', () => {
  const cases: [string, string][] = [
    ['a line of ten megabytes', `## Issue: Big\n\n**Symptoms**:\n\n${'x*_[`'.repeat(2_000_000)}\n\n**Fix**: none\n`],
    ['a list ten thousand levels deep', `${'- '.repeat(10_000)}x\n`],
    [
      'a list that goes one level deeper each line',
      Array.from({ length: 2000 }, (_, level) => `${'  '.repeat(level)}- x`).join('\n'),
    ],
    ['a quotation ten thousand levels deep', `${'>'.repeat(10_000)} x\n`],
    ['emphasis that never closes', '*a _b '.repeat(1500)],
    ['brackets that never close', `${'['.repeat(80)}\n`.repeat(400)],
    ['a paragraph of many short lines of marks', '**a _b* `c\n'.repeat(5000)],
    ['a fence that never closes', `~~~~\n${'line\n'.repeat(50_000)}`],
    ['raw HTML', '## Issue: It hangs\n\n<script>alert(1)</script>\n\n**Fix**: <img src=x onerror=alert(1)>\n'],
    ['ten thousand quotations', '> a\n\n'.repeat(10_000)],
    ['ten thousand lists, each ended by a paragraph', '1. a\n\nb\n\n'.repeat(10_000)],
    ['ten thousand lists in a list', '- a\n  - b\n'.repeat(10_000)],
    ['ten thousand lists in a quotation', '> - a\n> # b\n'.repeat(10_000)],
    ['many headings', '# Error: x\n\ny\n\n'.repeat(2000)],
  ];

  it.each(cases)(
    '%s is read in time, and nothing of it is lost',
    (_name, text) => {
      let parsed = parseKnowledgeDocument({ name: 'x.md', text: '' });
      const spent = cpuMs(() => {
        parsed = parseKnowledgeDocument({ name: 'x.md', text });
      });
      expect(spent).toBeLessThan(5000);
      const kept = [...parsed.entries.map((entry) => [entry.content, entry.path]), ...parsed.sections]
        .flatMap(strings)
        .join('\n').length;
      expect(kept).toBeGreaterThanOrEqual(text.replace(/\s+|[#*~]/g, '').length * 0.5);
    },
    30_000,
  );
});

it('reads a very long document as well as a short one', () => {
  const chapter = (n: number) =>
    `## Issue: Failure ${n}\n\n- seen\n  - once\n\n**Solution**:\n\n1. a\n   - b\n\n> quoted ${n}\n\n`;
  const text = Array.from({ length: 1500 }, (_, n) => chapter(n)).join('');
  const { entries, warnings } = parseKnowledgeDocument({ name: 'x.md', text });
  expect(warnings).toEqual([]);
  expect(entries).toHaveLength(1500);
  const { content, line } = entries[1400]!;
  expect(text.split('\n')[line - 1]).toBe('## Issue: Failure 1400');
  expect(content.solutions.map(({ steps }) => steps).join('\n')).toContain('> quoted 1400');
}, 30_000);
