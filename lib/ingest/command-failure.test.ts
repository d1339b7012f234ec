import { describe, expect, it } from 'vitest';
import { reportOfFailure } from './command-failure';

const failure = (output: string, exitCode: number | null = 1) => ({
  command: ['/usr/bin/make', 'all'],
  exitCode,
  signal: exitCode === null ? 'SIGKILL' : null,
  output,
  durationMs: 12.4,
});

describe('reportOfFailure', () => {
  it('takes type and message from a stack trace in the output', () => {
    const report = reportOfFailure(
      failure(
        'building…\nTraceback (most recent call last):\n  File "/ci/x.py", line 1, in f\n    g()\nKeyError: \'a\'\n',
      ),
      { service: 'ci' },
    );
    expect(report).toMatchObject({
      service: 'ci',
      error_type: 'KeyError',
      error_message: "'a'",
      context: '/usr/bin/make all',
      severity: 'high',
    });
    expect(report.stack_trace).toContain('Traceback');
  });

  it('takes the line that says why, without its colours', () => {
    const report = reportOfFailure(
      failure('ok 1\n\u001b[31mmain.c:3: error: x undeclared\u001b[0m\nmake: *** [all] Error 1\n'),
      {},
    );
    expect(report).toMatchObject({ error_type: 'CommandFailed', error_message: 'main.c:3: error: x undeclared' });
    expect(report).not.toHaveProperty('stack_trace');
  });

  it('says how it ended when nothing was printed', () => {
    expect(reportOfFailure(failure('all fine, 0 errors\n', 7), {}).error_message).toBe('make exited with code 7');
    expect(reportOfFailure(failure('', null), {}).error_message).toBe('make was ended by SIGKILL');
  });
});
