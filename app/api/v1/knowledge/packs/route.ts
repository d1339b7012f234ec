import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { readBytes, readJson, route } from '@/lib/http/route.server';
import { fetchPack } from '@/lib/knowledge/fetch-pack.server';
import {
  appliedPackSchema,
  PACK_LIMITS,
  type PackAddress,
  packAddressSchema,
  packQuerySchema,
  packReportSchema,
} from '@/lib/knowledge/pack-schema';
import { applyPack, listPacks } from '@/lib/knowledge/packs.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/knowledge/packs',
  summary: 'Packs that were applied',
  auth: 'read',
  response: z.object({ data: z.array(appliedPackSchema), next_cursor: z.null() }),
  handle: async ({ viewer }) => ({ data: await listPacks({ viewer }), next_cursor: null }),
});

export const POST = route({
  method: 'POST',
  path: '/api/v1/knowledge/packs',
  summary: 'Show what a pack (a zip, or {"url", "token"}) would change, or with dry_run=false apply it',
  auth: 'review',
  query: packQuerySchema,
  rawBody: true,
  rateLimit: 30,
  response: packReportSchema,
  handle: async ({ viewer, query, request, now, ip }) => {
    const type = request.headers.get('content-type') ?? '';
    const isAddress = /json/i.test(type);
    const from = isAddress ? addressOf(await readJson(request, 10_000)) : null;
    const bytes = from
      ? await fetchPack(from.url, from.token)
      : await fileOf(await readBytes(request, PACK_LIMITS.bytes), type);
    const { dry_run: dryRun, publish, digest } = query;
    return applyPack({
      viewer,
      bytes,
      source: from?.url ?? query.source ?? 'a file',
      dryRun,
      publish,
      digest,
      now,
      ip,
    });
  },
});

function addressOf(body: unknown): PackAddress {
  const parsed = packAddressSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path[0] === 'token' ? 'token' : 'url';
  const message = field === 'token' ? 'expected an API token' : 'expected an https address';
  throw new AppError('validation_failed', `${field}: ${message}`, { errors: [{ field, message }] });
}

/** The archive itself, or the one file of a form. */
async function fileOf(bytes: Uint8Array, type: string): Promise<Uint8Array> {
  if (!/^multipart\/form-data\b/i.test(type)) return bytes;
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch((cause: unknown) => {
      throw new AppError('bad_request', 'The form could not be read.', { cause });
    });
  const file = [...form.values()].find((value) => typeof value !== 'string');
  if (!file) throw new AppError('validation_failed', 'file: expected a zip archive');
  return new Uint8Array(await file.arrayBuffer());
}
