import { CallError, callApi } from './api';

/** Exit code of capturing commands when nothing answers at `ERRATA_URL`; 1 is a refusal. */
export const EXIT_UNREACHABLE = 3;

/**
 * One call of the capture API with the project's key from `ERRATA_KEY`; without one it goes out keyless, for an Errata
 * that allows that. @throws CallError
 */
export async function callCapture(path: string, body: unknown): Promise<unknown> {
  const key = process.env.ERRATA_KEY;
  try {
    return await callApi<unknown>('POST', path, body, { authorization: key ? `Bearer ${key}` : '' });
  } catch (error) {
    if (error instanceof CallError && error.status === 401 && !key) {
      throw new CallError(401, 'Errata wants the key of a project. Set ERRATA_KEY; the project settings show it.');
    }
    throw error;
  }
}
