import type { Pool, PoolClient } from 'pg';
import type { JobName } from '../jobs/job-types';
import type { GroupingResult } from './grouping-schema';
import { renderTemplate } from './v1/message-signature';
import { TemplateMiner } from './v1/templates';

/** Signatures kept per project; messages beyond are grouped by themselves. */
export const MAX_SIGNATURES = 10_000;
const MAX_PROJECTS = 100;
/** First key of the advisory lock; the second is the project. */
const LOCK_CLASS = 0x7e3a;
const MERGE_JOB: JobName = 'templates.merge';

interface Signature {
  scope: string;
  /** Grouping hash of the message by itself. */
  hash: string;
  signature: string;
}

interface Scope {
  miner: TemplateMiner;
  /** Hashes of the signatures, by position. */
  hashes: string[];
}

/** What one process has read of a project's list of signatures: a prefix of it, folded. */
interface ProjectTemplates {
  scopes: Map<string, Scope>;
  size: number;
  /** Id of the newest row read. */
  newest: string;
}

/** Least recently used first. */
const projects = new Map<number, ProjectTemplates>();

/** Forgets what was read; it is read again when it is next needed. */
export function forgetTemplates(): void {
  projects.clear();
}

function keep(projectId: number, state: ProjectTemplates): void {
  projects.delete(projectId);
  projects.set(projectId, state);
  if (projects.size > MAX_PROJECTS) projects.delete(projects.keys().next().value!);
}

function stateOf(projectId: number): ProjectTemplates {
  const state = projects.get(projectId) ?? { scopes: new Map(), size: 0, newest: '0' };
  keep(projectId, state);
  return state;
}

/** Hashes that mean one cause from now on. */
interface HashMerge {
  from: string;
  into: string;
}

function learn(state: ProjectTemplates, { scope, hash, signature }: Signature): HashMerge[] {
  const known = state.scopes.get(scope) ?? { miner: new TemplateMiner(), hashes: [] };
  state.scopes.set(scope, known);
  known.hashes.push(hash);
  state.size++;
  return known.miner.add(signature).map(({ from, into }) => ({ from: known.hashes[from]!, into: known.hashes[into]! }));
}

const isKnown = (state: ProjectTemplates, { scope, signature }: Signature): boolean =>
  state.scopes.get(scope)?.miner.find(signature) !== undefined;

async function readNewer(client: PoolClient, projectId: number, state: ProjectTemplates): Promise<void> {
  const { rows } = await client.query<Signature & { id: string }>(
    'SELECT id::text, scope, hash, signature FROM message_signature WHERE project_id = $1 AND id > $2 ORDER BY message_signature.id',
    [projectId, state.newest],
  );
  for (const row of rows) {
    learn(state, row);
    state.newest = row.id;
  }
}

async function append(
  client: PoolClient,
  projectId: number,
  state: ProjectTemplates,
  fresh: readonly Signature[],
): Promise<void> {
  const { rows } = await client.query<{ newest: string }>(
    `WITH added AS (
       INSERT INTO message_signature (project_id, scope, hash, signature)
       SELECT $1, scope, hash, signature
       FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS t (scope, hash, signature, place) ORDER BY place
       RETURNING id)
     SELECT max(id)::text AS newest FROM added`,
    [projectId, fresh.map((one) => one.scope), fresh.map((one) => one.hash), fresh.map((one) => one.signature)],
  );
  state.newest = rows[0]!.newest;
  const merges = fresh.flatMap((one) => learn(state, one));
  if (merges.length > 0) {
    await client.query('SELECT graphile_worker.add_job($1, $2::json)', [
      MERGE_JOB,
      JSON.stringify({ projectId, merges }),
    ]);
  }
}

/** The project was deleted meanwhile: its messages must not fail those of others. */
const isMissingProject = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23503';

/**
 * Reads what other processes have added, then adds what is still unknown, in a transaction of its own: a signature is a
 * fact about messages, true whether or not the batch that brought it is stored. The lock makes the list one sequence.
 * @returns null for a project that is gone.
 */
async function extend(pool: Pool, projectId: number, unknown: readonly Signature[]): Promise<ProjectTemplates | null> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK_CLASS, projectId]);
    const state = stateOf(projectId);
    // Out of the others' sight until it is certain.
    projects.delete(projectId);
    await readNewer(client, projectId, state);
    const fresh = new Map(unknown.filter((one) => !isKnown(state, one)).map((one) => [one.hash, one]));
    const added = [...fresh.values()].slice(0, Math.max(0, MAX_SIGNATURES - state.size));
    if (added.length > 0) await append(client, projectId, state, added);
    await client.query('COMMIT');
    keep(projectId, state);
    return state;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    if (isMissingProject(error)) return null;
    throw error;
  } finally {
    client.release();
  }
}

/** The grouping with the template's hash behind the message's own, showing the template. */
function withTemplate(grouping: GroupingResult, { scope, hash, signature }: Signature, state: ProjectTemplates) {
  const known = state.scopes.get(scope);
  const position = known?.miner.find(signature);
  if (!known || position === undefined) return grouping;
  const shared = known.hashes[position]!;
  const hashes = shared === hash ? grouping.hashes : [...grouping.hashes, shared];
  const general = known.miner.template(signature);
  const value = general?.join(' ') ?? signature;
  if (!general || value === signature) return { ...grouping, hashes };
  const parts = grouping.parts.map((part) => (part.kind === 'template' ? { ...part, value } : part));
  const message = grouping.parts.find(({ kind }) => kind === 'template')?.raw ?? '';
  return { ...grouping, hashes, parts, template: renderTemplate(message, general).template };
}

/**
 * Adds to the groupings of a batch what earlier messages of their projects teach. Call it before the batch's transaction
 * begins. No query runs while every signature is known; else one short transaction for each project with new ones.
 * @returns one grouping for each, in order.
 */
export async function applyTemplates(
  pool: Pool,
  batch: readonly { projectId: number; grouping: GroupingResult }[],
): Promise<GroupingResult[]> {
  const byProject = new Map<number, { index: number; one: Signature }[]>();
  for (const [index, { projectId, grouping }] of batch.entries()) {
    if (!grouping.mining) continue;
    const list = byProject.get(projectId) ?? [];
    if (list.length === 0) byProject.set(projectId, list);
    list.push({ index, one: { ...grouping.mining, hash: grouping.hashes[0]! } });
  }
  const groupings = batch.map(({ grouping }) => grouping);
  for (const [projectId, wanted] of byProject) {
    let state = stateOf(projectId);
    const unknown = wanted.map(({ one }) => one).filter((one) => !isKnown(state, one));
    if (unknown.length > 0 && state.size < MAX_SIGNATURES) {
      const extended = await extend(pool, projectId, unknown);
      if (!extended) continue;
      state = extended;
    }
    for (const { index, one } of wanted) groupings[index] = withTemplate(groupings[index]!, one, state);
  }
  return groupings;
}
