import { createHash, randomBytes } from 'node:crypto';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { scrubText } from '../ingest/scrub';
import { log } from '../log.server';
import { DAY_MS } from '../time';
import { askModel, type ModelSettings, modelSettings } from './ask-model.server';
import { assembleDraft } from './assemble-draft';
import type { ComposedDraft } from './compose-draft';
import { type DraftFacts, sourcesOf } from './draft-facts';
import type { DraftSource, DraftStatement } from './draft-schema';
import { type ModelOutcome, mayAskModel } from './model-budget';
import { checkAnswer, type ModelAnswer, modelAnswerSchema, modelPrompt } from './model-prompt';
import type { ModelState } from './model-schema';

/** Fields of a draft that the model's sentences replace, where it has any. */
const WRITTEN = new Set(['root_cause', 'solutions', 'prevention']);
const RECENT = 3;

/**
 * Lets the model write cause, diagnosis and cure over a draft that was composed without it. Null where there is no model,
 * it may not or does not answer, or nothing it says can be proven by its sources: the composed draft stands then.
 */
export async function draftWithModel(
  facts: DraftFacts,
  composed: ComposedDraft,
  hash: string,
  now: Date,
): Promise<ComposedDraft | null> {
  const settings = modelSettings();
  if (!settings) return null;
  // Events were scrubbed when they came; what people wrote was not. Only what is clean leaves the house.
  const sources = sourcesOf(facts).map((source): DraftSource => ({ ...source, text: scrubText(source.text, 'text') }));
  const { prompt, ids } = modelPrompt(sources, randomBytes(8).toString('hex'));
  const fingerprint = createHash('sha256')
    .update(`${facts.issue.type}\n${facts.issue.template}`)
    .digest('hex')
    .slice(0, 32);
  const answer =
    (await cachedAnswer(settings, fingerprint, hash)) ?? (await ask(settings, fingerprint, hash, prompt, now));
  if (!answer) return null;
  const { statements, dropped } = checkAnswer(answer, ids);
  if (dropped > 0) log().info({ issue: facts.issue.id, dropped }, 'Sentences of the model without proof were dropped');
  if (!statements.some(({ field }) => WRITTEN.has(field))) return null;
  const kept = composed.citations
    .filter(({ field }) => !WRITTEN.has(field))
    .map(
      ({ field, sentence, kind, id, quote }): DraftStatement => ({
        field,
        text: sentence,
        source: { kind, id },
        quote,
      }),
    );
  // Composed sentences quote sources as they are, the model's quote them scrubbed.
  const both = [...sourcesOf(facts), ...sources];
  const draft = assembleDraft([...kept, ...statements], mergedTexts(both), composed.content);
  return { ...composed, ...draft };
}

/** Sources of the same id as one, with both texts. */
function mergedTexts(sources: readonly DraftSource[]): DraftSource[] {
  const merged = new Map<string, DraftSource>();
  for (const source of sources) {
    const key = `${source.kind}:${source.id}`;
    const before = merged.get(key);
    merged.set(key, before ? { ...before, text: `${before.text}\n${source.text}` } : source);
  }
  return [...merged.values()];
}

async function cachedAnswer({ model }: ModelSettings, fingerprint: string, hash: string): Promise<ModelAnswer | null> {
  const row = await getDb().modelAnswer.findFirst({
    where: { fingerprint, evidenceHash: hash, model, outcome: 'answered' },
    orderBy: { id: 'desc' },
  });
  const parsed = modelAnswerSchema.safeParse(row?.answer);
  return parsed.success ? parsed.data : null;
}

async function ask(
  settings: ModelSettings,
  fingerprint: string,
  evidenceHash: string,
  prompt: string,
  now: Date,
): Promise<ModelAnswer | null> {
  const may = mayAskModel(await usage(settings.budget, now), now);
  if (!may.ok) return null;
  const { outcome, answer, tokens, why } = await askModel(settings, prompt);
  if (why) log().warn({ outcome, why }, 'The language model gave no draft');
  await getDb().modelAnswer.create({
    data: { fingerprint, evidenceHash, model: settings.model, outcome, answer: answer ?? undefined, tokens, at: now },
  });
  return answer;
}

async function usage(budget: number, now: Date) {
  const midnight = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  const [today, recent] = await Promise.all([
    getDb().modelAnswer.count({ where: { at: { gte: midnight } } }),
    getDb().modelAnswer.findMany({ orderBy: { id: 'desc' }, take: RECENT, select: { outcome: true, at: true } }),
  ]);
  return { today, budget, recent: recent.map((row) => ({ outcome: row.outcome as ModelOutcome, at: row.at })) };
}

/** Whether a model is configured, what of its budget is used, and how it did lately. Never the key. */
export async function getModelState({ viewer, now }: { viewer: Viewer; now: Date }): Promise<ModelState> {
  assertCan(viewer, 'admin');
  const settings = modelSettings();
  const used = await usage(settings?.budget ?? 0, now);
  const may = settings ? mayAskModel(used, now) : { ok: false as const, why: 'No model is configured.' };
  const outcomes = await getDb().modelAnswer.groupBy({
    by: ['outcome'],
    where: { at: { gte: new Date(now.getTime() - 30 * DAY_MS) } },
    _count: true,
    _sum: { tokens: true },
  });
  return {
    configured: settings !== null,
    url: settings ? new URL(settings.url).origin : null,
    model: settings?.model ?? null,
    has_key: settings?.key !== undefined,
    timeout_seconds: settings ? settings.timeoutMs / 1000 : null,
    budget: settings?.budget ?? 0,
    used_today: used.today,
    why_not: may.ok ? null : may.why,
    last_30_days: outcomes.map((row) => ({ outcome: row.outcome as ModelOutcome, count: row._count })),
    tokens_30_days: outcomes.reduce((sum, row) => sum + (row._sum.tokens ?? 0), 0),
  };
}
