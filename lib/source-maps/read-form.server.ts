import { AppError } from '../errors';
import { readBytes } from '../http/route.server';

/** A multipart body of at most `max` bytes. @throws AppError `bad_request`, `payload_too_large`. */
export async function readForm(request: Request, max: number): Promise<FormData> {
  const bytes = await readBytes(request, max);
  const type = request.headers.get('content-type') ?? '';
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  } catch (cause) {
    throw new AppError('bad_request', 'Send multipart/form-data with a part for each file.', { cause });
  }
}
