import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, Output, streamText } from 'ai';
import { env } from '../env.server';
import type { ModelOutcome } from './model-budget';
import { type ModelAnswer, modelAnswerSchema, SYSTEM_PROMPT } from './model-prompt';

/** A page of sentences; more is no draft. */
const MAX_TOKENS = 2000;

export interface ModelSettings {
  url: string;
  model: string;
  key: string | undefined;
  /** Questions a day. */
  budget: number;
  timeoutMs: number;
}

/** The model that the environment names; null without one. */
export function modelSettings(): ModelSettings | null {
  const { ERRATA_LLM_URL, ERRATA_LLM_MODEL, ERRATA_LLM_KEY, ERRATA_LLM_DAILY_BUDGET, ERRATA_LLM_TIMEOUT } = env();
  if (!ERRATA_LLM_URL || !ERRATA_LLM_MODEL) return null;
  return {
    url: ERRATA_LLM_URL,
    model: ERRATA_LLM_MODEL,
    key: ERRATA_LLM_KEY,
    budget: ERRATA_LLM_DAILY_BUDGET,
    timeoutMs: ERRATA_LLM_TIMEOUT * 1000,
  };
}

export interface Asked {
  outcome: ModelOutcome;
  answer: ModelAnswer | null;
  tokens: number;
  /** Of a failure, for the log: never holds what was sent. */
  why?: string;
}

/**
 * Asks an OpenAI-compatible endpoint once and reads its answer as it streams in. Never throws: what goes wrong is an
 * outcome. The time-out covers the whole answer, so that an endpoint that dribbles does not hold a pass.
 */
export async function askModel(settings: ModelSettings, prompt: string): Promise<Asked> {
  const provider = createOpenAICompatible({
    name: 'errata',
    baseURL: settings.url.replace(/\/+$/, ''),
    apiKey: settings.key,
    includeUsage: true,
    supportsStructuredOutputs: true,
  });
  const signal = AbortSignal.timeout(settings.timeoutMs);
  let failure: unknown = null;
  try {
    const result = streamText({
      model: provider.chatModel(settings.model),
      system: SYSTEM_PROMPT,
      prompt,
      output: Output.object({ schema: modelAnswerSchema }),
      temperature: 0,
      maxOutputTokens: MAX_TOKENS,
      maxRetries: 0,
      abortSignal: signal,
      onError: ({ error }) => {
        failure ??= error;
      },
    });
    await result.consumeStream({
      onError: (error) => {
        failure ??= error;
      },
    });
    if (failure !== null || signal.aborted) return failed(failure, signal);
    const [answer, usage] = await Promise.all([result.output, result.usage]);
    return { outcome: 'answered', answer, tokens: usage.totalTokens ?? 0 };
  } catch (cause) {
    return failed(failure ?? cause, signal);
  }
}

function failed(cause: unknown, signal: AbortSignal): Asked {
  const none = { answer: null, tokens: 0 };
  if (signal.aborted) return { ...none, outcome: 'timed_out', why: 'no whole answer in time' };
  if (APICallError.isInstance(cause))
    return (cause.statusCode ?? 0) >= 400
      ? { ...none, outcome: 'refused', why: `the endpoint answered ${cause.statusCode}` }
      : { ...none, outcome: 'failed', why: 'the endpoint cannot be reached, or broke off' };
  const name = cause instanceof Error ? cause.name : 'unknown';
  // What came was no answer of the schema: the endpoint works, the model did not do as asked.
  const isBadAnswer = /NoOutput|NoObject|TypeValidation|JSONParse/.test(name);
  return { ...none, outcome: isBadAnswer ? 'unusable' : 'failed', why: name };
}
