import type { Frame } from '@/lib/ingest/event-schema';
import { functionKey, placeKey, remembered } from './frame-name';

/** Which frame of a stack says where the fault is. Stacks come caller first; here the throwing frame leads. */

export interface FrameKey {
  place: string;
  name: string;
  /** Source line, where it has to stand in for a missing name. */
  context: string;
  frame: Frame;
  /** Bits of what kind of code it is. */
  traits: number;
}

export interface Culprit {
  frames: FrameKey[];
  /** The frames of the same standing, reporters included, throwing one first: how the code got there. */
  path: FrameKey[];
  /** The frame that threw only reports faults of others, or has no name that lasts: the message must say more. */
  weak: boolean;
  /** The one class in which the own part of a stack stays that a test has called; absent otherwise. */
  testedClass?: string;
}

/** At most this many frames are looked at from either end. */
const MAX_FRAMES = 256;
const MAX_PATH = 512;

const RUNTIME =
  /^(?:javax?|jdk|sun|com\.sun|jakarta|kotlinx?|scala|groovy|System|Microsoft)\.|^(?:std|core|alloc)::|^node:|^internal\/|^runtime$/;
/** What runs tests, and what compares on their behalf. */
const HARNESS =
  /^(?:junit|org\.(?:junit|testng|hamcrest|assertj|apache\.(?:tools\.ant|maven\.surefire)|gradle)|_?pytest|pluggy|unittest|nose|Xunit|NUnit)(?:\.|$)|^testing$/;
const HARNESS_FILE =
  /(?:^|\/)(?:node_modules\/(?:jest|mocha|vitest|@vitest|@jest|jasmine)[^/]*\/|_pytest\/|pluggy\/|unittest\/|testing\/testing\.go)/;
const TEST_CLASS = /(?:^|[.$/])(?:Test[A-Z]\w*|\w*Tests?(?:Case)?)(?:\$|$)/;
const TEST_FILE =
  /(?:^|\/)(?:__tests__|tests?|spec)\/|(?:^|\/)(?:test_[^/]*\.py|conftest\.py)$|[._](?:test|spec)\.\w{1,4}$|_test\.go$/;

/** Throws on behalf of others: exceptions' own factories, assertions, guards, `throwX`, `reportX`. */
const REPORTER_PLACE =
  /(?:Exception|Error|Preconditions?|Assert(?:ions)?|Validate|Verify|Checks?|Requires?|Guard)(?:\$\w*)?$|(?:^|\/)(?:assert|invariant|errors?)\.\w{2,3}$/;
const REPORTER_NAME =
  /^_?(?:throw|raise|fail|report|panic|abort|invariant|assert|must)(?=[A-Z_]|$)|(?:Exception|Error)$|^(?:unwrap|expect)(?:_\w{1,40})?$/;

const IS_RUNTIME = 1;
const IS_HARNESS = 2;
const IS_TEST = 4;

const ofPlace = (place: string): number =>
  (RUNTIME.test(place) ? IS_RUNTIME : 0) |
  (HARNESS.test(place) ? IS_HARNESS : 0) |
  (place.includes('Test') && isTestClass(place) ? IS_TEST : 0);
const isTestClass = remembered((place) => TEST_CLASS.test(place));
/** A word of each file that `HARNESS_FILE` or `TEST_FILE` takes. */
const WORD_OF_TEST = /test|spec|jest|mocha|jasmine|pluggy/;
const ofFile = (file: string): number => {
  const path = file.length > MAX_PATH ? file.slice(-MAX_PATH) : file;
  return WORD_OF_TEST.test(path) ? ofTestFile(path) : 0;
};
const ofTestFile = remembered((file) => {
  const path = file.replaceAll('\\', '/');
  return (HARNESS_FILE.test(path) ? IS_HARNESS : 0) | (TEST_FILE.test(path) ? IS_TEST : 0);
});
const placeReports = remembered((place) => REPORTER_PLACE.test(place));
const nameReports = remembered((name) => REPORTER_NAME.test(name));

/** True for a class or module of the language itself. */
export const isRuntimePlace = (place: string) => RUNTIME.test(`${place}.`);
const isRuntime = ({ traits }: FrameKey) => (traits & IS_RUNTIME) > 0;
const isHarness = ({ traits }: FrameKey) => (traits & IS_HARNESS) > 0;
const isTest = ({ traits }: FrameKey) => (traits & IS_TEST) > 0;
const isReporter = ({ place, name }: FrameKey) => placeReports(place) || nameReports(name);

/** Throwing frame first; empty frames out, the same frame in a row once. */
export function frameKeys(frames: readonly Frame[], platform: string): FrameKey[] {
  const bounded =
    frames.length > MAX_FRAMES ? [...frames.slice(0, MAX_FRAMES / 2), ...frames.slice(-MAX_FRAMES / 2)] : frames;
  const keys: FrameKey[] = [];
  for (let i = bounded.length - 1; i >= 0; i--) {
    const frame = bounded[i]!;
    const place = placeKey(frame, platform);
    const name = functionKey(frame, platform);
    if (place === '' && name === '') continue;
    const last = keys.at(-1);
    if (last !== undefined && last.name === name && last.place === place) continue;
    const traits = ofPlace(place) | ofFile(frame.abs_path ?? frame.filename ?? '');
    keys.push({ place, name, context: '', frame, traits });
  }
  return keys;
}

/** Own code; failing that, what is neither runtime nor test harness; failing that, everything. */
function own(keys: FrameKey[]): FrameKey[] {
  const inApp = keys.filter((key) => key.frame.in_app && !isHarness(key));
  if (inApp.length > 0) return inApp;
  const foreign = keys.filter((key) => !isRuntime(key) && !isHarness(key));
  return foreign.length > 0 ? foreign : keys;
}

/** How much a stack says: 2 for own code in it, 1 for libraries, 0 for nothing but runtime and test harness. */
export function standing(keys: readonly FrameKey[]): number {
  const others = keys.filter((key) => !isHarness(key));
  if (others.some(({ frame }) => frame.in_app)) return 2;
  return others.some((key) => !isRuntime(key)) ? 1 : 0;
}

/** In endless recursion any member of the cycle may be on top: the first in order of name stands for all. */
function cycleHead(keys: readonly FrameKey[]): FrameKey | undefined {
  const seen = new Map<string, number>();
  for (const { place, name } of keys) seen.set(`${place} ${name}`, (seen.get(`${place} ${name}`) ?? 0) + 1);
  const often = keys.filter(({ place, name }) => (seen.get(`${place} ${name}`) ?? 0) > 3);
  return often.sort((a, b) => (`${a.place} ${a.name}` < `${b.place} ${b.name}` ? -1 : 1))[0];
}

const CLASS_NAME = /(?:^|\.)[A-Z]\w*$/;
export const outerClass = (place: string) => place.split('$', 1)[0]!;
const ENDLESS = /^(?:StackOverflow|Recursion|.*MaximumCallStack)/;
const MAX_CONTEXT = 120;
/** Where the name of the frame does not last, this many tell the place. */
const FRAMES_OF_FLEETING = 3;

function withContext(key: FrameKey): FrameKey {
  if (key.name !== '') return key;
  const line = (key.frame.context_line ?? '').slice(0, MAX_CONTEXT * 4).trim();
  return line !== '' && line.length <= MAX_CONTEXT ? { ...key, context: line.replace(/\s+/g, ' ') } : key;
}

/** A name that a minifier made, or none. */
const isFleeting = (key: FrameKey) => key.context === '' && (key.name.length <= 2 || /^<\w+>$/.test(key.name));

/** @param type simple name of the exception. @returns null when no frame says anything. */
export function findCulprit(keys: FrameKey[], type: string): Culprit | null {
  if (keys.length === 0) return null;
  const mine = own(keys);
  const code = mine.filter((key) => !isTest(key));
  const relevant = code.length > 0 ? code : mine;
  if (ENDLESS.test(type)) {
    const head = cycleHead(relevant);
    if (head) return { frames: [head], path: relevant, weak: false };
  }
  let top = 0;
  while (top < relevant.length - 1 && isReporter(relevant[top]!)) top++;
  const rest = relevant.slice(top);
  const frames = rest.slice(0, FRAMES_OF_FLEETING).map(withContext);
  const fleeting = isFleeting(frames[0]!);
  const culprit: Culprit = {
    frames: fleeting ? frames : frames.slice(0, 1),
    path: relevant,
    weak: top > 0 || fleeting,
  };
  const place = outerClass(rest[0]!.place);
  const underTest = keys.some((key) => isHarness(key)) && keys.some((key) => isTest(key));
  if (underTest && CLASS_NAME.test(place) && rest.every((key) => outerClass(key.place) === place)) {
    culprit.testedClass = place;
  }
  return culprit;
}
