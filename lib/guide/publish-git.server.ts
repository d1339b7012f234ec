import { execFile } from 'node:child_process';
import { childEnv } from '../env.server';
import { AppError } from '../errors';
import type { PublishSettings } from './publish-schema';

const TIMEOUT_MS = 60_000;
const OUTPUT_BYTES = 4 * 1024 * 1024;

interface GitResult {
  ok: boolean;
  output: string;
}

/** One call of the operator's own git, without a shell and without questions: what it may do, it may do by their set-up. */
function git(folder: string, args: readonly string[]): Promise<GitResult> {
  return new Promise((done) => {
    execFile(
      'git',
      ['-C', folder, ...args],
      {
        timeout: TIMEOUT_MS,
        maxBuffer: OUTPUT_BYTES,
        env: childEnv({ GIT_TERMINAL_PROMPT: '0', GIT_EDITOR: 'true', LC_ALL: 'C' }),
      },
      (error, stdout, stderr) => {
        const missing = error && 'code' in error && error.code === 'ENOENT';
        const words = missing ? 'git is not installed on this machine' : `${stdout}${error ? stderr : ''}`.trim();
        done({ ok: error === null, output: words || (error?.message ?? '') });
      },
    );
  });
}

async function must(folder: string, args: readonly string[], what: string): Promise<string> {
  const { ok, output } = await git(folder, args);
  if (!ok) throw new AppError('conflict', `${what}: ${lastLines(output)}`);
  return output;
}

const lastLines = (output: string): string => output.split('\n').slice(-6).join('\n').slice(0, 1000);

/**
 * Brings the checkout up to date before the guide is written into it. Nobody's work is touched: another branch or changes that
 * wait in our files are an error. Answers the top folder of the checkout. @throws AppError `conflict` in git's words.
 */
export async function prepareCheckout(
  folder: string,
  settings: PublishSettings,
  paths: readonly string[],
): Promise<string> {
  const top = await must(folder, ['rev-parse', '--show-toplevel'], `${folder} is no git checkout`);
  const head = await must(folder, ['symbolic-ref', '--short', 'HEAD'], 'The checkout is on no branch');
  if (head !== settings.branch)
    throw new AppError('conflict', `The checkout is on the branch ${head}, not on ${settings.branch}.`);
  const waiting = await must(folder, ['status', '--porcelain', '--', ...paths], 'The state of the checkout is unknown');
  if (waiting !== '')
    throw new AppError('conflict', `Changes wait to be committed there, which are not Errata's: ${lastLines(waiting)}`);
  if (settings.push) await catchUp(folder, settings.branch);
  return top;
}

/** Takes over what others pushed; our own commits come after it. */
async function catchUp(folder: string, branch: string): Promise<void> {
  const known = await must(folder, ['ls-remote', '--heads', 'origin', branch], 'The remote cannot be reached');
  if (known === '') return;
  await must(folder, ['fetch', '--quiet', 'origin', branch], 'What others pushed cannot be fetched');
  if ((await git(folder, ['merge', '--ff-only', '--quiet', 'FETCH_HEAD'])).ok) return;
  const { ok, output } = await git(folder, ['rebase', '--quiet', 'FETCH_HEAD']);
  if (ok) return;
  await git(folder, ['rebase', '--abort']);
  throw new AppError('conflict', `${branch} and origin/${branch} have gone apart: ${lastLines(output)}`);
}

/**
 * Commits these paths and no others, and pushes where asked to, what an earlier run could not push included. Answers the
 * commit at the head. @throws AppError `conflict` in git's words.
 */
export async function commitAndPush(
  folder: string,
  settings: PublishSettings,
  paths: readonly string[],
  message: string,
): Promise<string> {
  if (paths.length > 0) {
    await must(folder, ['add', '--all', '--', ...paths], 'The files were not added');
    const who = ['-c', `user.name=${settings.author_name}`, '-c', `user.email=${settings.author_email}`];
    await must(folder, [...who, 'commit', '--quiet', '--only', '-m', message, '--', ...paths], 'Nothing was committed');
  }
  if (settings.push) await push(folder, settings.branch);
  return must(folder, ['rev-parse', 'HEAD'], 'The commit is unknown');
}

async function push(folder: string, branch: string): Promise<void> {
  const ahead = await git(folder, ['rev-list', '--count', `refs/remotes/origin/${branch}..HEAD`]);
  if (ahead.ok && ahead.output === '0') return;
  const args = ['push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`];
  if ((await git(folder, args)).ok) return;
  // Somebody pushed meanwhile.
  await catchUp(folder, branch);
  await must(folder, args, 'The commit was not pushed');
}
