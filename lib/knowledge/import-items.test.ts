import { describe, expect, it } from 'vitest';
import { itemOfJson, itemsOfDocument } from './import-items';
import { listJsonItems } from './json-items';

const read = (raw: unknown) => itemOfJson(raw, { document: null, index: 0 });

describe('JSON entries', () => {
  it('reads the documented form', () => {
    const item = read({
      ...{ external_id: 'pg:53300', title: 'Too many clients', component: 'db', status: 'published' },
      ...{ symptoms: 'FATAL: sorry', root_cause: 'Leak', references: ['https://x.test'] },
      solutions: [{ title: 'Pool', steps: 'Use one' }],
    });
    expect(item).toMatchObject({ externalId: 'pg:53300', status: 'published', errors: [], warnings: [] });
    expect(item.content).toMatchObject({
      title: 'Too many clients',
      component: 'db',
      solutions: [{ title: 'Pool', steps: 'Use one' }],
    });
  });

  it.each([
    [{ title: 'x', solutions: 7 }, 'solutions'],
    [{ title: 'x', solutions: [{ title: 3, steps: 'a' }] }, 'solutions.0.title'],
    [{ title: 'x', tags: [1] }, 'tags.0'],
    [{ title: 'x', severity: 'awful' }, 'severity'],
    [{ title: 'x', first_seen: 'yesterday' }, 'first_seen'],
    [{ title: 'x', status: 'live' }, 'status'],
    [{ title: '   ' }, 'title'],
    [{}, 'title'],
    ['text', '(item)'],
  ])('names the wrong field of %j', (raw, field) => {
    const item = read(raw);
    expect(item.content).toBeNull();
    expect(item.errors.map((error) => error.field)).toContain(field);
  });

  it('takes shorthands: one text for a list', () => {
    expect(
      read({ title: 'x', solutions: 'restart', prevention: ['test'], references: 'https://x.test', tags: 'a, b' })
        .content,
    ).toMatchObject({
      solutions: [{ title: '', steps: 'restart' }],
      prevention: [{ text: 'test', done: false }],
      references: ['https://x.test'],
      tags: ['a', 'b'],
    });
  });

  it('reads other keys as labels, and keeps what has no field in the notes', () => {
    const item = read({
      name: 'E1',
      error_message: 'boom',
      fix: 'mend',
      occurrences: 4,
      service: 'api',
      commands: ['ls', 'pwd'],
    });
    expect(item.content).toMatchObject({
      ...{ title: 'E1', symptoms: 'boom', component: 'api', solutions: [{ title: '', steps: 'mend' }] },
      notes: '### occurrences\n\n4\n\n### commands\n\n- ls\n- pwd',
    });
    expect(item.warnings).toEqual([
      '"occurrences" is no field of an entry; kept in the notes',
      '"commands" is no field of an entry; kept in the notes',
    ]);
  });

  it('derives signatures from error texts', () => {
    const { content } = read({ title: 'x', symptoms: "```\nOSError: [E050] Can't find model 'de_small'\n```" });
    expect(content!.signatures).toEqual([
      { kind: 'message', value: "OSError: [E050] Can't find model '<*>'" },
      { kind: 'message', value: "OSError: [E050] Can't find model 'de_small'" },
      { kind: 'code', value: 'E050' },
    ]);
  });
});

describe('knowledge bases of unknown shape', () => {
  const item = { title: 'x' };
  it.each([
    ['a list', [item], [item]],
    ['a list under a known key', { version: 1, patterns: [item] }, [item]],
    ['a map under a known key', { patterns: { p1: item } }, [{ external_id: 'p1', title: 'x' }]],
    ['a map', { p1: item }, [{ external_id: 'p1', title: 'x' }]],
    ['a map whose items have ids', { p1: { id: 'own', ...item } }, [{ id: 'own', title: 'x' }]],
    ['an empty list', { entries: [] }, []],
  ])('reads %s', (_name, json, items) => expect(listJsonItems(json)).toEqual(items));

  it.each([[null], [3], ['text'], [{}], [{ version: 1 }]])('finds no items in %j', (json) =>
    expect(listJsonItems(json)).toBeNull(),
  );
});

describe('Markdown documents', () => {
  it('names each entry’s place and what is doubtful about it', () => {
    const { items } = itemsOfDocument('log.md', '# Log\n\n## Issue #1: It hangs 🔄\n\n### Root Cause\n\nA lock.\n');
    expect(items[0]).toMatchObject({
      sourceKey: 'log.md#issue 1 it hangs#1',
      source: { document: 'log.md', heading: 'Log › Issue #1: It hangs 🔄', line: 3 },
      warnings: ['no solution found', 'the document says it is still in progress'],
    });
  });

  it('reports a text that no field can hold instead of cutting it', () => {
    const { items } = itemsOfDocument('log.md', `## Issue: Big\n\n**Fix**: ${'word '.repeat(150_000)}\n`);
    expect(items[0]!.content).toBeNull();
    expect(items[0]!.errors[0]!.field).toBe('solutions.0.steps');
  });
});
