import { getDb } from '../db/client.server';
import type { User as UserRow } from '../db/generated/client';
import { roleSchema } from './permissions';
import type { User } from './user-schema';
import { assertCan, type Viewer } from './viewer';

export function toUser(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: roleSchema.parse(row.role),
    status: row.disabledAt ? 'disabled' : row.inviteHash ? 'invited' : 'active',
    created_at: row.createdAt.toISOString(),
    last_seen_at: row.lastSeenAt?.toISOString() ?? null,
  };
}

/** All members, by name. Everyone may see who they are: issues are assigned to them. */
export async function listUsers({ viewer }: { viewer: Viewer }): Promise<{ data: User[]; next_cursor: null }> {
  assertCan(viewer, 'read');
  const rows = await getDb().user.findMany({ orderBy: [{ name: 'asc' }, { email: 'asc' }] });
  return { data: rows.map(toUser), next_cursor: null };
}
