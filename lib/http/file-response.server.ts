import { createHash } from 'node:crypto';

/** A file as an answer, with an ETag: whoever has these bytes already gets 304 and none. */
export function fileResponse(
  request: Request,
  content: string | Uint8Array<ArrayBuffer>,
  { type, name, download = false }: { type: string; name: string; download?: boolean },
): Response {
  const etag = `"${createHash('sha256').update(content).digest('base64url')}"`;
  const headers = {
    etag,
    'cache-control': 'private, no-cache',
    'content-type': type,
    'content-disposition': `${download ? 'attachment' : 'inline'}; filename="${name}"`,
    'x-content-type-options': 'nosniff',
  };
  const known = request.headers.get('if-none-match')?.split(',') ?? [];
  const same = known.some((tag) => tag.trim().replace(/^W\//, '') === etag);
  return same ? new Response(null, { status: 304, headers }) : new Response(content, { headers });
}
