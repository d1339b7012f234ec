import { getDb, type Tx } from '../db/client.server';
import type { Viewer } from './viewer';

/** One line of the audit log. Inside a transaction pass `tx`, so that the line stands exactly when the deed does. */
export async function recordAudit(
  {
    viewer,
    action,
    target,
    data = {},
    ip,
  }: { viewer: Viewer; action: string; target: string; data?: object; ip?: string },
  tx: Tx = getDb(),
): Promise<void> {
  await tx.auditLog.create({
    data: { actorKind: viewer.kind, actorId: viewer.id, actorName: viewer.name, action, target, data, ip: ip || null },
  });
}
