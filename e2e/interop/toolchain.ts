import { spawn } from 'node:child_process';

export interface Toolchain {
  language: 'python' | 'rust' | 'go';
  path: string;
  /** As it names itself. */
  version: string;
}

export interface Ended {
  code: number | null;
  /** The end of what it printed. */
  output: string;
}

interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  timeoutMs?: number;
}

const INSTALL_MS = 20 * 60_000;

/** Runs a program to its end. @throws Error when it cannot be started. */
export async function end(
  [program = '', ...args]: string[],
  { cwd, env, timeoutMs = INSTALL_MS }: RunOptions = {},
): Promise<Ended> {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done));
  return { code, output: output.trim() };
}

/** @throws Error with what it printed when it fails. */
export async function run(command: string[], options?: RunOptions): Promise<string> {
  const { code, output } = await end(command, options);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** Null when there is no such program. */
export async function need(
  language: Toolchain['language'],
  program: string,
  versionArgs: string[],
): Promise<Toolchain | null> {
  const ended = await end([program, ...versionArgs], { timeoutMs: 60_000 }).catch(() => null);
  return ended?.code === 0 ? { language, path: program, version: ended.output } : null;
}

const PYTHONS = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python'];

/** A Python that has exception groups, so 3.11 or later. */
export async function findPython(): Promise<Toolchain | null> {
  for (const name of PYTHONS) {
    const found = await need('python', name, ['--version']);
    const [, minor] = /^Python 3\.(\d+)/.exec(found?.version ?? '') ?? [];
    if (found && Number(minor) >= 11) return found;
  }
  return null;
}
