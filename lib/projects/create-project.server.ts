import { randomBytes } from 'node:crypto';
import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import type { Project, ProjectKey } from '../db/generated/client';
import { AppError } from '../errors';
import { dsn, issuePrefix, type ProjectDto, type ProjectKeyDto, slugify } from './project-schema';
import { readProjectSettings } from './project-settings';

export const newPublicKey = (): string => randomBytes(16).toString('hex');

export function toKey(row: ProjectKey, origin: string): ProjectKeyDto {
  return {
    id: row.id,
    public_key: row.publicKey,
    label: row.label,
    enabled: row.enabled,
    dsn: dsn(origin, row.publicKey, row.projectId),
    created_at: row.createdAt.toISOString(),
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
  };
}

export function toProject(row: Project & { keys: ProjectKey[] }, origin: string): ProjectDto {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    prefix: row.prefix,
    platform: row.platform,
    demo: row.demo,
    created_at: row.createdAt.toISOString(),
    settings: readProjectSettings(row.settings),
    keys: row.keys.map((key) => toKey(key, origin)),
  };
}

/**
 * Makes a project with its first key. `origin` is the address clients reach Errata at, for the DSN.
 * @throws AppError `conflict` when the slug is taken.
 */
export async function createProject({
  viewer,
  name,
  slug = slugify(name),
  platform = null,
  origin,
  demo = false,
}: {
  viewer: Viewer;
  name: string;
  slug?: string;
  platform?: string | null;
  origin: string;
  demo?: boolean;
}): Promise<ProjectDto> {
  assertCan(viewer, 'admin');
  const row = await getDb().$transaction(async (tx) => {
    if (await tx.project.findUnique({ where: { slug } })) {
      throw new AppError('conflict', `There is already a project with the slug ${slug}.`, {
        errors: [{ field: 'slug', message: 'already taken' }],
      });
    }
    const project = await tx.project.create({
      data: { slug, name, prefix: issuePrefix(slug), platform, demo, keys: { create: { publicKey: newPublicKey() } } },
      include: { keys: true },
    });
    await recordAudit({ viewer, action: 'project.create', target: slug }, tx);
    return project;
  });
  return toProject(row, origin);
}
