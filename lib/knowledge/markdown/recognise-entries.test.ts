import { describe, expect, it } from 'vitest';
import { ownDocuments } from '../fixtures/sample-documents';
import { type ParsedDocument, parseKnowledgeDocument } from './parse-document';

const own = (name: string): ParsedDocument => {
  const document = ownDocuments().find((one) => one.name === name);
  if (!document) throw new Error(`there is no fixture ${name}`);
  return parseKnowledgeDocument(document);
};
const read = (text: string) => parseKnowledgeDocument({ name: 'notes.md', text });
const titles = ({ entries }: ParsedDocument) => entries.map(({ content }) => content.title);

describe('headings that say little', () => {
  const parsed = own('quiet-headings.md');

  it('are problems in a troubleshooting guide where the text beneath them tells of trouble', () => {
    expect(titles(parsed)).toEqual([
      '404s',
      'Proxy problems',
      'Running as another user',
      "Cannot read pattern 'herringbone & twill'",
      'This pattern needs two shuttles',
      'Browser extensions',
      'The cloth is woven upside down',
      'High number of thread changes in the journal',
      'After an update the loom does not move',
    ]);
  });

  it('are guide sections where they tell what to do', () => {
    expect(parsed.sections.map(({ title }) => title)).toEqual([
      'Troubleshooting Loomd',
      'Looking closer',
      'Helping us help you',
    ]);
  });

  it('keep where they link to', () => {
    expect(parsed.entries[7]!.content.references).toEqual([
      'High number of thread changes in the [journal](https://loom.example/journal)',
    ]);
    const { sections } = read('## See [the dyes](https://dye.example)\n\nBlue.\n');
    expect(sections[0]).toMatchObject({
      title: 'See the dyes',
      body: 'See [the dyes](https://dye.example)\n\nBlue.',
    });
  });

  it('do not become problems beside those whose author labels them', () => {
    const { entries, sections } = read(
      '# Known Issues\n\n## Slow\n\n**Symptom**: a\n\n**Fix**: b\n\n## Stuck\n\n**Symptom**: c\n\n**Fix**: d\n\n## Performance Issues\n\n(None)\n',
    );
    expect(entries.map(({ content }) => content.title)).toEqual(['Slow', 'Stuck']);
    expect(sections.map(({ title }) => title)).toContain('Performance Issues');
  });
});

describe('pages of one problem', () => {
  it('are one entry where an alert is explained', () => {
    expect(own('alert-runbook.md').entries[0]!.content).toMatchObject({
      title: 'FerryQueueGrowing',
      impact: 'Lorries stand on the bridge.\nFresh goods may spoil.',
      solutions: [{ steps: expect.stringContaining('gatectl ramp close') }],
    });
  });

  it('are named by their front matter where they have no title', () => {
    const { content } = own('article-in-front-matter.md').entries[0]!;
    expect(content).toMatchObject({
      title: 'duplicate-berth',
      root_cause: 'The plan was written twice within a minute, and the second time did not see the first.',
    });
    expect(content.solutions.map(({ title }) => title).join('\n')).toContain('By hand');
  });
});

describe('lists of problems', () => {
  const parsed = own('inline-labels.md');
  const titled = (title: string) => parsed.entries.find(({ content }) => content.title === title)!.content;

  it('are read at labels in the middle of a line', () => {
    expect(titled('Door opens while hot')).toMatchObject({
      symptoms: '**Door opens while hot**: the latch gives way above 900 °C.',
      root_cause: 'the spring is soft.',
      solutions: [{ title: '', steps: '`kilnctl latch --cool-first`.' }],
    });
  });

  it('are read at arrows', () => {
    expect(titled('The fan never stops').solutions).toEqual([{ title: '', steps: 'clean the relay' }]);
    expect(titled('No heat in zone two').solutions[0]!.steps).toBe('check fuse F2');
  });

  it('are read at the labels of their items, whatever chapter they stand in', () => {
    expect(titled('Shelf cracked in the first firing')).toMatchObject({
      root_cause: 'It was damp',
      solutions: [{ steps: expect.stringContaining('kilnctl run --program dry') }],
    });
  });

  it('are left alone where they only say again what stands elsewhere', () => {
    const again =
      '### Recently Resolved Issues:\n\n- **Issue #1**: Timeout → Fixed by a longer wait\n- **Issue #2**: Crash → Fixed\n';
    expect(titles(read(`# Error log\n\n## Issue #1: Timeout\n\n**Fix**: wait\n\n${again}`))).toEqual(['Timeout']);
  });
});

describe('labels', () => {
  it('name the field with their last word, whatever comes before it', () => {
    const { content } = read(
      '## Issue: It hangs\n\n**Most likely cause:** a lock\n\n**Immediate fixes:**\n- let go\n\n**Long-term solution:**\n- use none\n',
    ).entries[0]!;
    expect(content.root_cause).toContain('a lock');
    expect(content.solutions.map(({ title, steps }) => [title, steps])).toEqual([
      ['Immediate fixes', '- let go'],
      ['Long-term solution', '- use none'],
    ]);
  });

  it('take the folds beneath them for solutions', () => {
    const fold = (name: string) =>
      `<details>\n<summary><strong>✅ ${name}</strong></summary>\n\n\`${name}\`\n\n</details>\n\n`;
    const { entries } = read(
      `# Troubleshooting\n\n### **Sails flap**\n\n**Error:** \`WindError: gust\`\n\n**Solutions:**\n\n${fold('Reef them')}${fold('Turn about')}**Prevention:**\n- [ ] Look up\n`,
    );
    expect(entries[0]!.status).toBeNull();
    expect(entries[0]!.content).toMatchObject({
      solutions: [
        { title: 'Reef them', steps: '`Reef them`' },
        { title: 'Turn about', steps: '`Turn about`' },
      ],
      prevention: [{ text: 'Look up', done: false }],
    });
  });

  it('make a problem of what is said to be one in a collection, though nothing says what to do', () => {
    const parsed = read(
      '# Known Issues\n\n### 1. Slow\n\n**Description:** a\n\n**Fix:** b\n\n### 2. Hull should be painted\n\n**Status:** OPEN\n\n**Description:** It is bare.\n',
    );
    expect(titles(parsed)).toEqual(['Slow', 'Hull should be painted']);
  });
});

describe('other marks', () => {
  it('are read in other languages', () => {
    expect(own('other-languages.md').entries.map(({ content }) => [content.title, content.solutions.length])).toEqual([
      ['启动失败，端口被占用', 1],
      ['导入很慢', 1],
      ['не открывается журнал', 1],
      ['接続できない', 1],
      ['la bomba no arranca', 1],
    ]);
  });

  it('are headings in HTML, and answers after a line break', () => {
    const { entries } = own('html-headings.md');
    expect(entries.map(({ content }) => content.title)).toEqual([
      'It does not start',
      'It crashes on exit',
      'Does it run on a Raspberry Pi?',
      'Why does tidepool list print nothing?',
    ]);
    expect(entries[2]!.content.solutions[0]!.steps).toBe('Yes, from the third on.');
  });

  it('are what was seen and done, and a fix beside problems', () => {
    const { entries } = own('fixes-made.md');
    expect(entries[0]!.content).toMatchObject({
      symptoms: '**What we saw:**\n\n`ValueError: negative torque` every night at two',
      solutions: [{ title: 'What we did', steps: '- Put a stop on the lever\n- Painted an arrow' }],
    });
    expect(entries[1]).toMatchObject({ status: 'resolved', content: { title: 'Fix 2: Grain counts lost on restart' } });
  });

  it('make no problem of a heading that begins with an e', () => {
    const { entries } = read(
      '# Troubleshooting\n\n## Check the Events\n\n`kubectl get events`\n\n## View the editor\n\nOpen it.\n',
    );
    expect(entries).toEqual([]);
  });
});
