import { join } from 'node:path';
import { env } from '../env.server';

/** The folder of all source maps, as the environment says. */
export const sourceMapsFolder = (): string => join(env().ERRATA_DATA_DIR ?? '.errata', 'source-maps');
