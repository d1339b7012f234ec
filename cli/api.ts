import { readFileSync } from 'node:fs';

/** A refusal from the server, in its own words; `status` 0 when it could not be reached. */
export class CallError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'CallError';
    this.status = status;
  }
}

const DEFAULT_URL = 'http://127.0.0.1:8090';

/** Where Errata is: `ERRATA_URL`, without a slash at the end. */
export const errataUrl = (): string => (process.env.ERRATA_URL || DEFAULT_URL).replace(/\/+$/, '');

/**
 * One call of the REST API as `ERRATA_TOKEN`. `body` is sent as JSON unless it is a Buffer, which goes out as it is.
 * @throws CallError with what the server said, or how to reach it.
 */
export async function callApi<T>(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const token = process.env.ERRATA_TOKEN;
  let response: Response;
  try {
    response = await fetch(`${errataUrl()}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined || Buffer.isBuffer(body) ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
    });
  } catch {
    throw new CallError(
      0,
      `Errata does not answer at ${errataUrl()}. Is it running? Set ERRATA_URL if it is elsewhere.`,
    );
  }
  const text = await response.text();
  if (!response.ok) throw new CallError(response.status, refusal(response.status, text, token !== undefined));
  return (text ? JSON.parse(text) : undefined) as T;
}

function refusal(status: number, text: string, hasToken: boolean): string {
  if (status === 401 && !hasToken)
    return 'Errata wants a token. Make one with `errata token create --name cli --scopes read,write` and set ERRATA_TOKEN.';
  try {
    const { detail } = JSON.parse(text) as { detail?: string };
    if (detail) return detail;
  } catch {
    // Not a problem document: something between us and Errata answered.
  }
  return `The server answered ${status}.`;
}

/** The text of a file, or of standard input for `-` or nothing. */
export function readInput(file: string | undefined): string {
  if (file === undefined || file === '-') {
    if (process.stdin.isTTY && file === undefined)
      process.stderr.write('Reading from standard input; end with Ctrl-D.\n');
    return readFileSync(0, 'utf8');
  }
  return readFileSync(file, 'utf8');
}
