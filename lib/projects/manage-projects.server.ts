import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { AppError, notFound } from '../errors';
import { newPublicKey, toKey, toProject } from './create-project.server';
import type { ProjectDto, ProjectKeyDto, ProjectUpdate } from './project-schema';
import type { OwnershipRule } from './project-settings';

const withKeys = { keys: { orderBy: { id: 'asc' } } } as const;

/** All projects with their keys, by name. */
export async function listProjects({
  viewer,
  origin,
}: {
  viewer: Viewer;
  origin: string;
}): Promise<{ data: ProjectDto[]; next_cursor: null }> {
  assertCan(viewer, 'read');
  const rows = await getDb().project.findMany({ orderBy: [{ demo: 'asc' }, { name: 'asc' }], include: withKeys });
  return { data: rows.map((row) => toProject(row, origin)), next_cursor: null };
}

/** One project, by id or slug. */
export async function getProject({
  viewer,
  projectId,
  origin,
}: {
  viewer: Viewer;
  projectId: string;
  origin: string;
}): Promise<ProjectDto> {
  assertCan(viewer, 'read');
  const row = await getDb().project.findUnique({ where: byIdOrSlug(projectId), include: withKeys });
  if (!row) throw notFound('project', projectId);
  return toProject(row, origin);
}

/**
 * Changes what is given; settings that are not named stay as they are.
 * @throws AppError `validation_failed` when an ownership rule names somebody who is no active member.
 */
export async function updateProject({
  viewer,
  projectId,
  changes: { settings, ...columns },
  origin,
}: {
  viewer: Viewer;
  projectId: string;
  changes: ProjectUpdate;
  origin: string;
}): Promise<ProjectDto> {
  assertCan(viewer, 'admin');
  const { id } = await getProject({ viewer, projectId, origin });
  if (settings?.ownership) await checkOwners(settings.ownership);
  const row = await getDb().$transaction(async (tx) => {
    // Merged by the database, so that two who change different settings both have their way.
    if (settings) {
      await tx.$executeRaw`UPDATE project SET settings = settings || ${JSON.stringify(settings)}::jsonb WHERE id = ${id}`;
    }
    const updated = await tx.project.update({ where: { id }, data: columns, include: withKeys });
    await recordAudit({ viewer, action: 'project.update', target: updated.slug, data: { ...columns, settings } }, tx);
    return updated;
  });
  return toProject(row, origin);
}

async function checkOwners(rules: readonly OwnershipRule[]): Promise<void> {
  const members = await getDb().user.findMany({
    where: { email: { in: rules.map((rule) => rule.assignee) }, disabledAt: null },
    select: { email: true },
  });
  const known = new Set(members.map((member) => member.email));
  const errors = rules.flatMap(({ assignee }, index) =>
    known.has(assignee)
      ? []
      : [{ field: `settings.ownership.${index}.assignee`, message: `there is no active member "${assignee}"` }],
  );
  if (errors.length === 0) return;
  throw new AppError('validation_failed', `The body is not valid. ${errors[0]!.field}: ${errors[0]!.message}`, {
    errors,
  });
}

export async function createKey({
  viewer,
  projectId,
  label,
  origin,
}: {
  viewer: Viewer;
  projectId: string;
  label: string;
  origin: string;
}): Promise<ProjectKeyDto> {
  assertCan(viewer, 'admin');
  const project = await getProject({ viewer, projectId, origin });
  const row = await getDb().projectKey.create({ data: { projectId: project.id, label, publicKey: newPublicKey() } });
  await recordAudit({ viewer, action: 'key.create', target: `${project.slug}/${label}` });
  return toKey(row, origin);
}

/** Renames a key or switches it off; capture with a key that is off answers 403 within seconds. The last enabled key may go too: that is how capture is paused. */
export async function updateKey({
  viewer,
  projectId,
  keyId,
  changes,
  origin,
}: {
  viewer: Viewer;
  projectId: string;
  keyId: number;
  changes: { label?: string; enabled?: boolean };
  origin: string;
}): Promise<ProjectKeyDto> {
  assertCan(viewer, 'admin');
  const project = await getProject({ viewer, projectId, origin });
  const key = await getDb().projectKey.findFirst({ where: { id: keyId, projectId: project.id } });
  if (!key) throw notFound('key', String(keyId));
  const row = await getDb().projectKey.update({ where: { id: keyId }, data: changes });
  await recordAudit({ viewer, action: 'key.update', target: `${project.slug}/${row.label}`, data: changes });
  return toKey(row, origin);
}

/** @throws AppError `bad_request` for something that is neither an id nor a slug. */
function byIdOrSlug(projectId: string): { id: number } | { slug: string } {
  if (/^\d{1,9}$/.test(projectId)) return { id: Number(projectId) };
  if (/^[a-z][a-z0-9-]{0,49}$/.test(projectId)) return { slug: projectId };
  throw new AppError('not_found', `There is no project ${projectId.slice(0, 60)}.`);
}
