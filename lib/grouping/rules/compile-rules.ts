import type { Frame, NormalizedEvent } from '@/lib/ingest/event-schema';
import { compilePattern } from '@/lib/projects/text-pattern';
import type { GroupingRule, RuleCondition, RuleField } from '../grouping-rules-schema';
import { printRule } from './rule-text';

type FrameField = 'path' | 'module' | 'function' | 'package' | 'app';
const FRAME_FIELDS: readonly RuleField[] = ['path', 'module', 'function', 'package', 'app'];
const isOfFrame = (field: RuleField): field is FrameField => FRAME_FIELDS.includes(field);

/** Frames that are looked at, those that threw first. */
const MAX_FRAMES = 500;

const slashes = (path: string) => path.replaceAll('\\', '/');
const some = (...texts: (string | undefined)[]): string[] =>
  texts.filter((text) => text !== undefined && text !== '') as string[];

const OF_FRAME: Readonly<Record<FrameField, (frame: Frame) => string[]>> = {
  path: ({ filename, abs_path }) => some(filename, abs_path).map(slashes),
  module: (frame) => some(frame.module),
  function: (frame) => some(frame.function),
  package: (frame) => some(frame.package),
  app: (frame) => [String(frame.in_app === true)],
};

/** What conditions are asked about: the event, and the hashes it has without the project's rules. */
export interface RuleSubject {
  event: NormalizedEvent;
  hashes: readonly string[];
}

type EventField = Exclude<RuleField, FrameField | 'tag'>;

const OF_EVENT: Readonly<Record<EventField, (subject: RuleSubject) => readonly string[]>> = {
  type: ({ event }) => event.exceptions.flatMap(({ type }) => some(type)),
  value: ({ event }) => event.exceptions.flatMap(({ value }) => some(value)),
  message: ({ event }) => [...some(event.message), ...event.exceptions.flatMap(({ value }) => some(value))],
  service: ({ event }) => [event.service],
  environment: ({ event }) => [event.environment],
  release: ({ event }) => some(event.release),
  level: ({ event }) => [event.level],
  logger: ({ event }) => some(event.logger),
  transaction: ({ event }) => some(event.transaction),
  platform: ({ event }) => [event.platform],
  hash: ({ hashes }) => hashes,
};

function framesOf({ exceptions, threads = [] }: NormalizedEvent): Frame[] {
  const raised = exceptions.flatMap(({ frames = [] }) => frames);
  const frames = raised.length > 0 ? raised : threads.flatMap((thread) => thread.frames);
  return frames.slice(-MAX_FRAMES);
}

type Test = (texts: readonly string[]) => boolean;

function compileTest({ field, patterns }: RuleCondition): Test {
  // A path is meant from its root or from any folder in it.
  const forms = field === 'path' ? patterns.map(slashes).flatMap((path) => [path, `*/${path}`]) : patterns;
  const tests = forms.map((form) => compilePattern(form));
  return (texts) => texts.some((text) => tests.some((test) => test(text)));
}

/** True where no frame, or text, fits: what a negated condition asks. */
type Condition = (subject: RuleSubject, frames: () => readonly Frame[]) => boolean;

function compileCondition(condition: RuleCondition): Condition {
  const { field, key } = condition;
  const test = compileTest(condition);
  if (field === 'tag') return ({ event }) => test(event.tags.flatMap(([name, value]) => (name === key ? [value] : [])));
  if (isOfFrame(field)) return (_, frames) => frames().some((frame) => test(OF_FRAME[field](frame)));
  return (subject) => test(OF_EVENT[field](subject));
}

/** Frame conditions that are not negated must hold on one frame together. */
function compileFrame(conditions: readonly RuleCondition[]): Condition {
  const tests = conditions.map((condition) => {
    const read = OF_FRAME[condition.field as FrameField];
    const test = compileTest(condition);
    return (frame: Frame) => test(read(frame));
  });
  return (_, frames) => frames().some((frame) => tests.every((test) => test(frame)));
}

export interface CompiledRule {
  rule: GroupingRule;
  /** As printed, for "why here". */
  text: string;
  fits(subject: RuleSubject, frames: () => readonly Frame[]): boolean;
}

/** The test of several conditions that must all hold. */
export function compileConditions(conditions: readonly RuleCondition[]): CompiledRule['fits'] {
  const frame = conditions.filter(({ field, negated }) => isOfFrame(field) && !negated);
  const others = conditions.filter((condition) => !frame.includes(condition));
  const checks = others.map((condition): Condition => {
    const holds = compileCondition(condition);
    return condition.negated ? (subject, frames) => !holds(subject, frames) : holds;
  });
  // Frames are many; they are looked at last.
  if (frame.length > 0) checks.push(compileFrame(frame));
  return (subject, frames) => checks.every((check) => check(subject, frames));
}

/** The frames of an event, read when first asked for. */
export function lazyFrames(event: NormalizedEvent): () => readonly Frame[] {
  let frames: Frame[] | undefined;
  return () => {
    frames ??= framesOf(event);
    return frames;
  };
}

export interface CompiledRules {
  rules: readonly CompiledRule[];
  /** Whether a rule asks for hashes, which a learnt template may add. */
  asksForHashes: boolean;
}

export function compileRules(rules: readonly GroupingRule[]): CompiledRules {
  return {
    rules: rules.map((rule) => ({ rule, text: printRule(rule), fits: compileConditions(rule.conditions) })),
    asksForHashes: rules.some(({ conditions }) => conditions.some(({ field }) => field === 'hash')),
  };
}
