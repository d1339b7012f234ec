import { z } from 'zod';

/** Row of `setting` in which capture tells the other processes about its spool. */
export const SPOOL_STATE_KEY = 'capture.spool';

const count = z.number().int().nonnegative();

/** The spool on disk; the counts run since the start of the process that captures. */
export const spoolStateSchema = z.object({
  /** Bytes that wait for the database. */
  bytes: count,
  max_bytes: count,
  /** Events brought into the database. */
  replayed: count,
  /** Records a crash tore off while they were written; nobody had been told that they were safe. */
  torn: count,
  /** Records that were changed on the disk. */
  damaged: count,
  /** Events that the database can never take, kept in `spool/aside.spool`. */
  aside: count,
});
export type SpoolState = z.infer<typeof spoolStateSchema>;
