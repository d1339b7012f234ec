import { z } from 'zod';
import { AppError } from '../errors';

/** Names the changes that were made together. `at` is there because turning points are found by time. */
export interface UndoToken {
  batch: string;
  at: Date;
}

const schema = z.tuple([z.uuid(), z.number().int()]);

export const undoToken = ({ batch, at }: UndoToken): string =>
  Buffer.from(JSON.stringify([batch, at.getTime()])).toString('base64url');

/** @throws AppError `bad_request` for anything but a token that a change gave out. */
export function readUndoToken(token: string): UndoToken {
  try {
    const [batch, at] = schema.parse(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')));
    return { batch, at: new Date(at) };
  } catch (cause) {
    throw new AppError('bad_request', 'token: expected the `undo` value that a change answered with.', { cause });
  }
}
