import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { entryFile, guideFiles } from './entry-file';
import { guideArchive } from './guide-archive';
import { entryFixture, guideFixture } from './guide-fixture';

const frontMatter = (text: string): Record<string, unknown> => parse(/^---\n([\s\S]*?\n)---\n/.exec(text)?.[1] ?? '');

describe('entryFile', () => {
  it('looks like this', async () => {
    await expect(entryFile(guideFixture.entries[0]!)).toMatchFileSnapshot('./fixtures/entry.md');
  });

  it('keeps hostile values in its front matter apart from its structure', () => {
    const title = '---\ntitle: "x": [y] #z';
    const entry = entryFixture(1, {
      title,
      tags: ['yes', '0x10', '- a'],
      signatures: [{ kind: 'message', value: 'a\n---\nb' }],
    });
    expect(frontMatter(entryFile(entry))).toEqual({
      id: 'ERROR-001',
      title,
      status: 'published',
      tags: ['yes', '0x10', '- a'],
      signatures: [{ kind: 'message', value: 'a\n---\nb' }],
      updated: entry.updated_at,
    });
  });
});

describe('guideFiles', () => {
  it('gives every entry and section a file of its own', () => {
    expect(guideFiles(guideFixture).map((file) => file.path)).toEqual([
      'entries/ERROR-007-worker-cannot-read-zh_core_web_sm.md',
      'entries/ERROR-009-nobody-knows-yet.md',
      'entries/ERROR-012-sessions-pile-up-in-lease_pool-when-nobody-returns-them.md',
      'sections/checklists.md',
      'sections/update-protocol.md',
    ]);
  });

  it.each(['../../etc/passwd', '/abs', 'C:\\x', '...', 'a/b', '\u0000'])(
    'a title %j cannot leave the folder',
    (title) => {
      const [file] = guideFiles({ title: '', sections: [], entries: [entryFixture(1, { title })] });
      expect(file?.path).toMatch(/^entries\/ERROR-001[\p{L}\p{N}_-]*\.md$/u);
    },
  );
});

describe('guideArchive', () => {
  it('holds the files, and the same files give the same bytes', () => {
    const files = guideFiles(guideFixture);
    const archive = guideArchive(files);
    const unpacked = Object.entries(unzipSync(archive)).map(([path, bytes]) => ({ path, text: strFromU8(bytes) }));
    expect(unpacked).toEqual(files);
    expect(Buffer.from(guideArchive(files)).equals(Buffer.from(archive))).toBe(true);
  });
});
