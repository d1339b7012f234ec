import type { z } from 'zod';

/** Exit code when entries edited in Errata were left as they are. */
export const EXIT_CONFLICT = 4;

/** Checks a command's options; the error names each wrong one as it is typed. */
export function parseOptions<S extends z.ZodType>(schema: S, values: unknown): z.output<S> {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `--${String(issue.path[0] ?? 'option')}: ${issue.message}`);
  throw new Error(lines.join('\n        '));
}

/** One JSON document for scripts, or lines for people. */
export function print(json: boolean, data: unknown, lines: string[]): void {
  process.stdout.write(json ? `${JSON.stringify(data)}\n` : `${lines.join('\n')}\n`);
}
