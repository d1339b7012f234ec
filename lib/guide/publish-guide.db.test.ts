import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { useTestDatabase } from '../db/test-database';
import { reloadEnv } from '../env.server';
import { entryInputSchema } from '../knowledge/entry-input-schema';
import { createEntry } from '../knowledge/save-entry.server';
import { publishGuide } from './publish-guide.server';
import { publishSettingsSchema } from './publish-schema';
import { putPublishing } from './publish-settings.server';

const database = useTestDatabase();
const viewer = systemViewer('test');
const now = new Date('2024-06-01T12:00:00Z');

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

/** A folder the operator allows, with a bare repository beside it and two clones of that. */
function operatorsFolder() {
  const root = mkdtempSync(join(tmpdir(), 'errata-publish-'));
  const bare = join(root, 'team.git');
  const [ours, theirs] = [join(root, 'ours'), join(root, 'theirs')];
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  for (const clone of [ours, theirs]) {
    execFileSync('git', ['clone', '--quiet', bare, clone], { stdio: 'ignore' });
    git(clone, 'config', 'user.name', 'Somebody');
    git(clone, 'config', 'user.email', 'somebody@team.test');
    git(clone, 'symbolic-ref', 'HEAD', 'refs/heads/main');
  }
  reloadEnv({ ERRATA_PUBLISH_ROOTS: root });
  return { root, bare, ours, theirs };
}

const set = (settings: object) =>
  putPublishing({ viewer, settings: publishSettingsSchema.parse({ enabled: true, ...settings }) });

const addEntry = (title: string) =>
  createEntry({ viewer, input: entryInputSchema.parse({ title, status: 'published' }), now });

beforeEach(() => database.truncate());

describe('publishing the guide to a folder', () => {
  it('writes what changed, and removes the files of entries that are gone', async () => {
    const { root } = operatorsFolder();
    mkdirSync(join(root, 'docs', 'known', 'entries'), { recursive: true });
    writeFileSync(join(root, 'docs', 'known', 'entries', 'ERROR-099-gone.md'), 'old');
    writeFileSync(join(root, 'docs', 'known', 'entries', 'README.md'), 'theirs');
    await set({ path: join(root, 'docs'), entry_folder: 'known' });
    await addEntry('Pool is empty');
    expect(await publishGuide(now)).toMatchObject({ outcome: 'published', error: null, commit: null });
    expect(readFileSync(join(root, 'docs', 'ERROR_PREVENTION_GUIDE.md'), 'utf8')).toContain('ERROR-001: Pool is empty');
    expect(readdirSync(join(root, 'docs', 'known', 'entries'))).toEqual(['ERROR-001-pool-is-empty.md', 'README.md']);
    expect(await publishGuide(now)).toMatchObject({ outcome: 'unchanged' });
  });

  it.each(['..', '/', '/etc', '../elsewhere', 'ours/../..'])('refuses the folder %s', async (path) => {
    operatorsFolder();
    await expect(set({ path })).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('does not follow a symbolic link out of the folders allowed', async () => {
    const { root } = operatorsFolder();
    const outside = mkdtempSync(join(tmpdir(), 'errata-outside-'));
    symlinkSync(outside, join(root, 'way-out'));
    await expect(set({ path: 'way-out' })).rejects.toMatchObject({ code: 'validation_failed' });
    mkdirSync(join(root, 'docs'));
    symlinkSync(join(outside, 'stolen.md'), join(root, 'docs', 'ERROR_PREVENTION_GUIDE.md'));
    await set({ path: 'docs' });
    expect(await publishGuide(now)).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('symbolic link'),
    });
    expect(existsSync(join(outside, 'stolen.md'))).toBe(false);
  });

  it.each(['.git/hooks/x.md', '../x.md', '/x.md', 'a//x.md', 'x.sh', 'a/.x/b.md'])('refuses the file %s', (file) => {
    expect(publishSettingsSchema.safeParse({ file }).success).toBe(false);
  });

  it.each(['--upload-pack=x', '-f', 'a..b', 'a b', ''])('refuses the branch %j', (branch) => {
    expect(publishSettingsSchema.safeParse({ branch }).success).toBe(false);
  });
});

describe('publishing the guide to a git checkout', () => {
  it('commits and pushes what changed, and nothing else', async () => {
    const { bare, ours } = operatorsFolder();
    writeFileSync(join(ours, 'notes.txt'), 'half done');
    git(ours, 'add', 'notes.txt');
    await set({ target: 'git', path: 'ours', push: true, author_name: 'Guide', author_email: 'guide@team.test' });
    await addEntry('Pool is empty');
    const status = await publishGuide(now);
    expect(status).toMatchObject({ outcome: 'published', error: null, commit: git(bare, 'rev-parse', 'main') });
    expect(git(bare, 'log', '--format=%an <%ae> %s', 'main')).toBe(
      'Guide <guide@team.test> Update ERROR_PREVENTION_GUIDE.md',
    );
    expect(git(bare, 'ls-tree', '-r', '--name-only', 'main')).toBe('ERROR_PREVENTION_GUIDE.md');
    expect(git(ours, 'status', '--porcelain')).toBe('A  notes.txt');
    expect(await publishGuide(now)).toMatchObject({ outcome: 'unchanged' });
    expect(git(bare, 'rev-list', '--count', 'main')).toBe('1');
  });

  it('comes after what others pushed', async () => {
    const { bare, ours, theirs } = operatorsFolder();
    await set({ target: 'git', path: 'ours', push: true });
    await addEntry('One');
    await publishGuide(now);
    git(theirs, 'pull', '--quiet', 'origin', 'main');
    writeFileSync(join(theirs, 'README.md'), 'hello');
    git(theirs, 'add', '.');
    git(theirs, 'commit', '--quiet', '-m', 'Say hello');
    git(theirs, 'push', '--quiet', 'origin', 'HEAD:main');
    await addEntry('Two');
    expect(await publishGuide(now)).toMatchObject({ outcome: 'published', error: null });
    expect(git(bare, 'rev-list', '--count', 'main')).toBe('3');
    expect(readFileSync(join(ours, 'README.md'), 'utf8')).toBe('hello');
  });

  it('says what is in the way, and goes on once it is not', async () => {
    const { root, ours, bare } = operatorsFolder();
    await set({ target: 'git', path: 'ours', branch: 'docs' });
    expect(await publishGuide(now)).toMatchObject({ outcome: 'failed', error: expect.stringContaining('branch main') });
    await set({ target: 'git', path: root });
    expect(await publishGuide(now)).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('no git checkout'),
    });
    await set({ target: 'git', path: 'ours', push: true });
    writeFileSync(join(ours, 'ERROR_PREVENTION_GUIDE.md'), 'by hand');
    expect(await publishGuide(now)).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('wait to be committed'),
    });
    expect(readFileSync(join(ours, 'ERROR_PREVENTION_GUIDE.md'), 'utf8')).toBe('by hand');
    git(ours, 'clean', '--quiet', '-f');
    git(ours, 'remote', 'set-url', 'origin', join(root, 'gone.git'));
    expect(await publishGuide(now)).toMatchObject({ outcome: 'failed', error: expect.stringContaining('remote') });
    git(ours, 'remote', 'set-url', 'origin', bare);
    expect(await publishGuide(now)).toMatchObject({ outcome: 'published', error: null });
  });

  it('tells when both sides changed the same lines', async () => {
    const { ours, theirs } = operatorsFolder();
    await set({ target: 'git', path: 'ours', push: true });
    await publishGuide(now);
    for (const [clone, words] of [
      [theirs, 'theirs'],
      [ours, 'ours'],
    ] as const) {
      if (clone === theirs) git(clone, 'pull', '--quiet', 'origin', 'main');
      writeFileSync(join(clone, 'ERROR_PREVENTION_GUIDE.md'), words);
      git(clone, 'commit', '--quiet', '-am', words);
    }
    git(theirs, 'push', '--quiet', 'origin', 'HEAD:main');
    await addEntry('One');
    expect(await publishGuide(now)).toMatchObject({ outcome: 'failed', error: expect.stringContaining('gone apart') });
    expect(git(ours, 'status', '--porcelain')).toBe('');
  });
});
