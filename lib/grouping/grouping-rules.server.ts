import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { AppError, notFound } from '../errors';
import { type ProjectSettings, readProjectSettings } from '../projects/project-settings';
import { DAY_MS } from '../time';
import { VERSIONS } from '.';
import { type GroupingRule, MAX_RULES } from './grouping-rules-schema';
import { readRulesInput } from './read-rules-input';
import { printRules } from './rules/rule-text';
import type { RulesDto, RulesInput } from './rules-dto-schema';

/** How long both versions are computed after a change: whatever comes at least once a quarter keeps its issue. */
const TRANSITION_MS = 90 * DAY_MS;

export interface GroupingProject {
  id: number;
  slug: string;
  prefix: string;
  settings: ProjectSettings;
}

/** A project by id or slug. @throws AppError `not_found`. */
export async function findProject(db: Pick<Tx, 'project'>, projectId: string): Promise<GroupingProject> {
  const where = /^\d{1,9}$/.test(projectId) ? { id: Number(projectId) } : { slug: projectId.slice(0, 60) };
  const row = await db.project.findUnique({ where });
  if (!row) throw notFound('project', projectId.slice(0, 60));
  return { id: row.id, slug: row.slug, prefix: row.prefix, settings: readProjectSettings(row.settings) };
}

const toDto = ({ version, rules }: ProjectSettings['grouping_rules']): RulesDto => ({
  version,
  text: printRules(rules),
  rules,
});

export async function loadGroupingRules({
  viewer,
  projectId,
}: {
  viewer: Viewer;
  projectId: string;
}): Promise<RulesDto> {
  assertCan(viewer, 'read');
  return toDto((await findProject(getDb(), projectId)).settings.grouping_rules);
}

/** Changes the rules of a project within the caller's transaction, which holds its row from now on. */
export async function changeRules(
  tx: Tx,
  projectId: number,
  change: (rules: readonly GroupingRule[]) => readonly GroupingRule[],
  expected?: number,
): Promise<RulesDto> {
  const [row] = await tx.$queryRaw<{ settings: unknown }[]>`
    SELECT settings FROM project WHERE id = ${projectId} FOR NO KEY UPDATE`;
  const { grouping_rules: before } = readProjectSettings(row?.settings);
  if (expected !== undefined && expected !== before.version) {
    throw new AppError('version_conflict', 'The rules were changed in the meantime; load them again.', {
      extra: { current_version: before.version },
    });
  }
  const after = { version: before.version + 1, rules: [...change(before.rules)] };
  if (after.rules.length > MAX_RULES)
    throw new AppError('conflict', `A project has at most ${MAX_RULES} grouping rules.`);
  const settings = JSON.stringify({ grouping_rules: after });
  await tx.$executeRaw`UPDATE project SET settings = settings || ${settings}::jsonb WHERE id = ${projectId}`;
  return toDto(after);
}

/**
 * Replaces the rules of a project. They apply to events that come from then on, within seconds.
 * @throws AppError `not_found` | `validation_failed` | `version_conflict`.
 */
export async function saveGroupingRules({
  viewer,
  projectId,
  input,
  version,
}: {
  viewer: Viewer;
  projectId: string;
  input: RulesInput;
  version?: number;
}): Promise<RulesDto> {
  assertCan(viewer, 'admin');
  const rules = readRulesInput(input);
  return getDb().$transaction(async (tx) => {
    const { id, slug } = await findProject(tx, projectId);
    const saved = await changeRules(tx, id, () => rules, version);
    await recordAudit(
      { viewer, action: 'project.grouping_rules', target: slug, data: { version: saved.version, text: saved.text } },
      tx,
    );
    return saved;
  });
}

export interface GroupingVersionDto {
  version: string;
  transition: ProjectSettings['grouping_transition'];
  available: string[];
}

/**
 * Goes over to another version of grouping. For 90 days events are grouped by both, so that they find their issues.
 * @throws AppError `validation_failed` for a version there is not.
 */
export async function setGroupingVersion({
  viewer,
  projectId,
  version,
  now,
  versions = VERSIONS,
}: {
  viewer: Viewer;
  projectId: string;
  version: string;
  now: Date;
  versions?: Readonly<Record<string, unknown>>;
}): Promise<GroupingVersionDto> {
  assertCan(viewer, 'admin');
  const available = Object.keys(versions);
  if (!Object.hasOwn(versions, version)) {
    const message = `there is no version "${version.slice(0, 40)}"; expected ${available.join(' or ')}`;
    throw new AppError('validation_failed', `The body is not valid. version: ${message}`, {
      errors: [{ field: 'version', message }],
    });
  }
  return getDb().$transaction(async (tx) => {
    const { id, slug, settings } = await findProject(tx, projectId);
    const before = settings.grouping_version;
    if (before === version) return { version, transition: settings.grouping_transition, available };
    const transition = { from: before, until: new Date(now.getTime() + TRANSITION_MS).toISOString() };
    const changes = JSON.stringify({ grouping_version: version, grouping_transition: transition });
    await tx.$executeRaw`UPDATE project SET settings = settings || ${changes}::jsonb WHERE id = ${id}`;
    await recordAudit({ viewer, action: 'project.grouping_version', target: slug, data: { before, version } }, tx);
    return { version, transition, available };
  });
}
