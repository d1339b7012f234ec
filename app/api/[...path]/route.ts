import { AppError } from '@/lib/errors';
import { problemResponse } from '@/lib/http/problem';

/** Programs that ask for what there is not are told as programs are, not with a page. */
function nowhere(request: Request): Response {
  const { pathname } = new URL(request.url);
  return problemResponse(
    new AppError('not_found', `There is nothing at ${pathname}; /api/v1/openapi.json lists what there is.`),
  );
}

export { nowhere as DELETE, nowhere as GET, nowhere as PATCH, nowhere as POST, nowhere as PUT };
