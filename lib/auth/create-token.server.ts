import { randomUUID } from 'node:crypto';
import { getDb } from '../db/client.server';
import type { ApiToken } from '../db/generated/client';
import { AppError, notFound } from '../errors';
import type { Scope } from './permissions';
import { recordAudit } from './record-audit.server';
import { newSecret, sha256 } from './secrets.server';
import type { ApiTokenDto } from './user-schema';
import { assertCan, type Viewer } from './viewer';

function toToken(row: ApiToken): ApiTokenDto {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes as Scope[],
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt?.toISOString() ?? null,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    revoked_at: row.revokedAt?.toISOString() ?? null,
  };
}

/** Makes an API token; the answer is the only place its text ever stands. Nobody can hand out more than they have. */
export async function createToken({
  viewer,
  name,
  scopes,
  expiresAt = null,
  now,
}: {
  viewer: Viewer;
  name: string;
  scopes: Scope[];
  expiresAt?: Date | null;
  now: Date;
}): Promise<ApiTokenDto & { token: string }> {
  assertCan(viewer, 'admin');
  if (expiresAt && expiresAt <= now) {
    throw new AppError('validation_failed', 'The expiry lies in the past.', {
      errors: [{ field: 'expires_at', message: 'expected a moment in the future' }],
    });
  }
  const token = newSecret('errata_');
  const row = await getDb().$transaction(async (tx) => {
    const created = await tx.apiToken.create({
      data: {
        id: randomUUID(),
        name,
        scopes: [...new Set(scopes)],
        hash: sha256(token),
        prefix: token.slice(0, 12),
        createdBy: viewer.userId,
        createdAt: now,
        expiresAt,
      },
    });
    await recordAudit({ viewer, action: 'token.create', target: name, data: { scopes } }, tx);
    return created;
  });
  return { ...toToken(row), token };
}

/** All tokens, newest first, revoked ones too: they explain the audit log. */
export async function listTokens({ viewer }: { viewer: Viewer }): Promise<{ data: ApiTokenDto[]; next_cursor: null }> {
  assertCan(viewer, 'admin');
  const rows = await getDb().apiToken.findMany({ orderBy: { createdAt: 'desc' } });
  return { data: rows.map(toToken), next_cursor: null };
}

/** Revokes at once: the next call with it is refused. */
export async function revokeToken({
  viewer,
  tokenId,
  now,
}: {
  viewer: Viewer;
  tokenId: string;
  now: Date;
}): Promise<ApiTokenDto> {
  assertCan(viewer, 'admin');
  const row = await getDb().apiToken.findUnique({ where: { id: tokenId } });
  if (!row) throw notFound('token', tokenId);
  const revoked = row.revokedAt
    ? row
    : await getDb().apiToken.update({ where: { id: tokenId }, data: { revokedAt: now } });
  await recordAudit({ viewer, action: 'token.revoke', target: row.name });
  return toToken(revoked);
}
