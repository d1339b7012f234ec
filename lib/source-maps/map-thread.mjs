// The entry of the thread that reads source maps. A thread does not inherit the loader of TypeScript, so it brings its own.
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

register({ tsconfig: fileURLToPath(new URL('../../cli/tsconfig.json', import.meta.url)) });
await import('./map-thread.server.ts');
