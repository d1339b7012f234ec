import type { Tx } from '../db/client.server';

/** Whether an entry needs an approver besides its author (setting `workspace.four_eyes`; off unless turned on). */
export async function fourEyesRequired(tx: Tx): Promise<boolean> {
  const row = await tx.setting.findUnique({ where: { key: 'workspace.four_eyes' } });
  return row?.value === true;
}
