import { ApiError } from '@/lib/http/client';

/**
 * What a form shows of a refusal: `of('email')` beside that field, `rest` above the buttons. `rest` is empty when every
 * finding has a field of its own among `fields`.
 */
export function fieldErrors(error: unknown, fields: readonly string[]) {
  const found = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  const shown = found.filter((each) => fields.includes(each.field));
  return {
    of: (field: string): string | undefined => found.find((each) => each.field === field)?.message,
    rest: !error || (found.length > 0 && shown.length === found.length) ? undefined : (error as Error).message,
  };
}
