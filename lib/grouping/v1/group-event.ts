import { hash } from 'node:crypto';
import type { Frame, NormalizedEvent } from '@/lib/ingest/event-schema';
import type { GroupingPart, GroupingResult } from '../grouping-schema';
import { contributingExceptions, type ExceptionPart } from './exceptions';
import { clientFingerprint } from './fingerprint';
import { type FrameKey, findCulprit, frameKeys, isRuntimePlace, outerClass } from './frames';
import { messageSignature } from './message-signature';
import { parameterize } from './parameterize';
import { canGeneralise } from './templates';

export const VERSION = 'v1';
const MAX_TITLE = 256;

/** 32 hex digits; the lengths keep parts apart, the kind keeps equal texts of different meaning apart. */
export function hashParts(parts: readonly GroupingPart[]): string {
  let text = '';
  for (const { kind, value } of parts) text += `${kind}\u0000${value}\u0001`;
  return hash('md5', text);
}

function firstLine(text: string): string {
  const start = text.search(/\S/);
  if (start < 0) return '';
  const end = text.indexOf('\n', start);
  return text.slice(start, Math.min(end < 0 ? text.length : end, start + MAX_TITLE * 4)).trim();
}

const shorten = (text: string) => (text.length > MAX_TITLE ? `${text.slice(0, MAX_TITLE - 1)}…` : text);

function framePart({ place, name, context, frame }: FrameKey): GroupingPart {
  const value = [place, name, context].filter((piece) => piece !== '').join(' ');
  const raw = [frame.module ?? frame.filename ?? '', frame.function ?? ''].filter((piece) => piece !== '').join(' ');
  const at = shorten(frame.lineno === undefined ? raw : `${raw}:${frame.lineno}`);
  return at === value ? { kind: 'frame', value } : { kind: 'frame', value, raw: at };
}

function messagePart(text: string): GroupingPart {
  const line = firstLine(text);
  const { tokens } = messageSignature(line, { classNames: true });
  return { kind: 'message', value: tokens.join(' '), ...(line === '' ? {} : { raw: shorten(line) }) };
}

const typeParts = (type: string): GroupingPart[] => (type === '' ? [] : [{ kind: 'type', value: type }]);

function exceptionParts({ exception, type, culprit, vague }: ExceptionPart): GroupingPart[] {
  const parts = typeParts(type);
  if (culprit) parts.push(...culprit.frames.map(framePart));
  if (!culprit || culprit.weak || vague) parts.push(messagePart(exception.value ?? ''));
  return parts;
}

/** The stack of an event without one in its exceptions: the one thread that crashed, is current, or is the only one. */
function threadFrames({ threads = [] }: NormalizedEvent): Frame[] | undefined {
  for (const those of [threads.filter((t) => t.crashed), threads.filter((t) => t.current), threads]) {
    if (those.length === 1) return those[0]!.frames;
  }
  return undefined;
}

const frameLabel = ({ frame, name }: FrameKey): string => {
  const place = frame.filename ?? frame.module ?? '';
  return name === '' ? place : `${place} in ${name}`;
};

interface Default {
  parts: GroupingPart[];
  /** Wider groupings that the event also belongs to. */
  wider: GroupingPart[][];
  /** The message that a template miner may generalise, where nothing but it was hashed. */
  mined?: string[];
  /** Without a type the message stands for itself. */
  template: string;
  lead?: ExceptionPart;
  culprit: string;
}

/** Fewer constant words than this do not tell what went wrong. */
const TELLING_WORDS = 3;

/**
 * Beside the place itself: the one class that a test has called; and the class that says the same in the same words, by a
 * type of the team's own, from whichever of its methods. What a runtime throws says the same of many faults.
 */
function widerGroupings({ exception, type, culprit }: ExceptionPart): GroupingPart[][] {
  if (!culprit) return [];
  const wider: GroupingPart[][] = [];
  if (culprit.testedClass) wider.push([...typeParts(type), { kind: 'frame', value: culprit.testedClass }]);
  if (exception.module && !isRuntimePlace(exception.module) && culprit.frames[0]!.frame.module) {
    const said = messagePart(exception.value ?? '');
    const words = said.value.split(' ').filter((token) => /^[A-Za-z]{2}/.test(token));
    if (words.length >= TELLING_WORDS)
      wider.push([...typeParts(type), { kind: 'frame', value: outerClass(culprit.frames[0]!.place) }, said]);
  }
  return wider;
}

function defaultGrouping(event: NormalizedEvent): Default {
  const chain = contributingExceptions(event.exceptions, event.platform);
  const lead = chain[0];
  const typed = chain.filter(({ type, culprit }) => type !== '' || culprit);
  const text = event.template ?? event.message ?? lead?.exception.value ?? '';

  if (typed.some(({ culprit }) => culprit)) {
    const parts = typed.flatMap((part) => exceptionParts(part));
    const [first] = typed;
    const top = first?.culprit?.frames[0];
    return {
      parts,
      wider: typed.length === 1 ? widerGroupings(first!) : [],
      template: parameterize(lead?.exception.value || text).template,
      ...(lead ? { lead } : {}),
      culprit: top ? frameLabel(top) : '',
    };
  }

  const frames = threadFrames(event);
  const culprit = frames && findCulprit(frameKeys(frames, event.platform), '');
  if (culprit) {
    // It tells where the error was reported, which many share: type and message must say more.
    const named = lead && lead.type !== '' ? lead : undefined;
    const message = named?.exception.value || text;
    return {
      parts: [...typeParts(named?.type ?? ''), ...culprit.frames.map(framePart), messagePart(message)],
      wider: [],
      template: parameterize(message).template,
      ...(named ? { lead: named } : {}),
      culprit: frameLabel(culprit.frames[0]!),
    };
  }

  const type = lead?.type ?? '';
  const message = type === '' ? text : lead?.exception.value || text;
  const { tokens, template } = messageSignature(message);
  const parts: GroupingPart[] = [{ kind: 'service', value: event.service }, ...typeParts(type)];
  if (event.logger) parts.push({ kind: 'logger', value: event.logger });
  return {
    parts: [...parts, { kind: 'template', value: tokens.join(' '), raw: shorten(firstLine(message)) }],
    wider: [],
    mined: tokens,
    template,
    ...(lead && type !== '' ? { lead } : {}),
    culprit: '',
  };
}

/** Pure: the same event always gives the same hashes. */
export function groupEvent(event: NormalizedEvent): GroupingResult {
  const found = defaultGrouping(event);
  const { lead } = found;
  const type = lead?.type ?? '';
  const value = firstLine(lead?.exception.value || event.message || event.template || '');
  const says = type !== '' && !(lead?.vague && value !== '');
  const title = !says ? value : value === '' || value === type ? type : `${type}: ${value}`;
  const custom = clientFingerprint(event, () => found.parts);
  const parts = custom ?? found.parts;
  const hashes = [hashParts(parts)];
  if (!custom) for (const wider of found.wider) hashes.push(hashParts(wider));
  const result: GroupingResult = {
    version: VERSION,
    hashes,
    parts,
    title: shorten(title) || '<unlabeled event>',
    type,
    value: shorten(value),
    culprit: shorten(event.transaction || found.culprit),
    template: shorten(found.template),
  };
  if (!custom && found.mined && canGeneralise(found.mined)) {
    const scope = hashParts(parts.filter(({ kind }) => kind !== 'template'));
    result.mining = { scope, signature: found.mined.join(' ') };
  }
  return result;
}
