/** Stacks that several events have. Pure. */
import { createHash } from 'node:crypto';
import type { StackBody } from '../db/stored-stack';
import type { EventException, Frame } from './event-schema';

export interface SharedStack extends StackBody {
  /** 32 hex digits, of the body. */
  readonly hash: string;
  /** Characters of the body. */
  readonly size: number;
}

const places = new WeakMap<readonly Frame[], { stack: SharedStack; place: number }>();

/** The body as JSON text, which is not kept: it is asked for once a day. */
export const encodeBody = ({ text, frames }: StackBody): string => JSON.stringify({ text, frames });

/** Makes the stack of exceptions one that events share: from here on nobody may change their frames. */
export function shareStack(text: string, exceptions: readonly EventException[]): void {
  const frames = exceptions.map((exception) => exception.frames ?? []);
  const body = encodeBody({ text, frames });
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 32);
  const stack: SharedStack = { text, frames, hash, size: body.length };
  for (const [place, list] of frames.entries()) {
    Object.freeze(list).forEach(Object.freeze);
    places.set(list, { stack, place });
  }
}

/** The stack that these frames are part of, and which of its lists they are; undefined when no other event has it. */
export const sharedPlace = (frames: readonly Frame[]): { stack: SharedStack; place: number } | undefined =>
  places.get(frames);
